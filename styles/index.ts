import './tokens.css'
import './typography.css'
import './blocks.css'
import './access.css'
