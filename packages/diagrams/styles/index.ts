import './diagram.css'
import './moving.css'
