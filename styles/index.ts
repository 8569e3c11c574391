import './tokens.css'
import './typography.css'
