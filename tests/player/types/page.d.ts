/* What the scripts of the player find in a page, beside what every page has. */
declare var scalarnn: any;
interface EventTarget { value: any; checked: any; tagName: any; closest(selector: string): any }
interface SVGElement { dataset: any }
