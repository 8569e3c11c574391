import './access.css'
