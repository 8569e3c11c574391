import './tokens.css'
import './typography.css'
import './access.css'
