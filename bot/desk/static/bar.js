// The bar is wider than a telephone: the page's own entry is brought into sight.
"use strict";
document.querySelector(".bar [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
