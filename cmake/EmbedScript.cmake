# SPDX-License-Identifier: Apache-2.0
# Run by vidgen_embed at build time: writes HEADER and SOURCE from the files named in LIST.
file(READ ${LIST} files)
set(text "// SPDX-License-Identifier: Apache-2.0
// Generated from ${NAME}/. Do not edit.
#pragma once

#include <span>

#include \"base/embedded.hpp\"

namespace vidgen::embedded {
std::span<const base::EmbeddedFile> ${NAME}();
}
")
file(WRITE ${HEADER} "${text}")

file(WRITE ${SOURCE} "// SPDX-License-Identifier: Apache-2.0
// Generated from ${NAME}/. Do not edit.
#include \"embedded/${NAME}.hpp\"

namespace vidgen::embedded {
namespace {
constexpr base::EmbeddedFile kFiles[] = {
")
foreach(file IN LISTS files)
  file(READ ${file} body)
  file(RELATIVE_PATH name ${BASE} ${file})
  string(FIND "${body}" ")vg\"" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${file} holds the sequence )vg\" and cannot be embedded")
  endif()
  file(APPEND ${SOURCE} "    {\"${name}\", R\"vg(")
  file(APPEND ${SOURCE} "${body}")
  file(APPEND ${SOURCE} ")vg\"},\n")
endforeach()
file(APPEND ${SOURCE} "};
}  // namespace

std::span<const base::EmbeddedFile> ${NAME}() { return kFiles; }

}  // namespace vidgen::embedded
")
