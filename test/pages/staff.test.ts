import { checkArea } from './check-area.ts'

checkArea('staff')
