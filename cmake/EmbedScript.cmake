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

# Each text is an array of its own: its length is then a sizeof, where std::string_view would count characters at
# compile time and meet the compiler's limit.
file(WRITE ${SOURCE} "// SPDX-License-Identifier: Apache-2.0
// Generated from ${NAME}/. Do not edit.
#include \"embedded/${NAME}.hpp\"

namespace vidgen::embedded {
namespace {
")
set(rows "")
set(index 0)
foreach(file IN LISTS files)
  file(READ ${file} body)
  file(RELATIVE_PATH name ${BASE} ${file})
  string(FIND "${body}" ")vg\"" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${file} holds the sequence )vg\" and cannot be embedded")
  endif()
  file(APPEND ${SOURCE} "constexpr char kText${index}[] = R\"vg(")
  file(APPEND ${SOURCE} "${body}")
  file(APPEND ${SOURCE} ")vg\";\n")
  string(APPEND rows "    {\"${name}\", {kText${index}, sizeof kText${index} - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(APPEND ${SOURCE} "constexpr base::EmbeddedFile kFiles[] = {
${rows}};
}  // namespace

std::span<const base::EmbeddedFile> ${NAME}() { return kFiles; }

}  // namespace vidgen::embedded
")
