import './diagram.css'
