/* SPDX-License-Identifier: Apache-2.0 */
/* Plans a film from C and expects it to cost nothing. */
#include <stdio.h>
#include <vidgen.h>

int main(void) {
  vg_pipeline *pipeline = NULL;
  vg_request *request = NULL;
  vg_plan *plan = NULL;
  vg_error *error = NULL;
  vg_status status = vg_pipeline_new(NULL, &pipeline, &error);
  if (status == VG_OK) status = vg_request_new("a ceramic mug on a walnut desk, 10 seconds", &request, &error);
  if (status == VG_OK) status = vg_request_set_backend(request, "local", &error);
  if (status == VG_OK) status = vg_pipeline_plan(pipeline, request, &plan, &error);
  if (status == VG_OK && (vg_plan_cost_most(plan) != 0 || vg_plan_frames(plan) != 300)) status = VG_E_UNKNOWN;
  if (status == VG_OK)
    printf("vidgen %s: %d steps\n", vg_version(), (int)vg_plan_step_count(plan));
  else
    fprintf(stderr, "%s\n", vg_error_describe(error));
  vg_error_free(error);
  vg_plan_free(plan);
  vg_request_free(request);
  vg_pipeline_free(pipeline);
  return vg_status_exit_code(status);
}
