import './print.css'
import './reading-bar.css'
