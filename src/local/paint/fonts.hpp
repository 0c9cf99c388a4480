// SPDX-License-Identifier: Apache-2.0
// The fonts that a package brings along, as the Python wheel does. It is not the choice of a font, which is the caller's.
#pragma once

namespace vidgen::local {

// Where a folder `fonts` lies beside this library, Fontconfig reads the fonts.conf in it from now on; else nothing changes.
// Called before fonts are looked for; does its work once, from any thread.
void use_fonts_beside_us();

}  // namespace vidgen::local
