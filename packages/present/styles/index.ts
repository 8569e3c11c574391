import 'virtual:deck-control-fonts.css'
import './access.css'
