import 'virtual:deck-fonts.css'
import './tokens.css'
