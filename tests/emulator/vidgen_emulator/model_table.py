# SPDX-License-Identifier: Apache-2.0
"""The models that the emulator knows by itself: what they take, what really comes back, what they cost.

Figures from the providers' schemas and price pages (2025-01 to 2026-09) as far as published; `usd` of wan-2.2 is from
third-party code. A folder of `vidgen.model/1` files (--models) and the scenario's `models` replace rows.
"""

_VIDEO = {"kind": "video", "official": True, "output": "string", "fps": 24}
_IMAGE = {"kind": "image", "official": True, "output": "list"}

REPLICATE = {
    "wan-video/wan-2.2-i2v-fast": {
        **_VIDEO, "needs": ["prompt", "image"], "first_frame": "image", "last_frame": "last_image", "frames": 81, "fps": 16,
        "frames_field": "num_frames", "fps_field": "frames_per_second", "sizes": ["832x480", "480x832", "1280x720", "720x1280"],
        "resolution": "480p", "latency": 45, "ranges": {"num_frames": [81, 121], "frames_per_second": [5, 30]},
        "enums": {"resolution": ["480p", "720p"]},
        "prices": [{"kind": "per_clip", "usd": "0.05", "condition": "480p"}, {"kind": "per_clip", "usd": "0.10", "condition": "720p"}]},
    "wan-video/wan-2.2-t2v-fast": {
        **_VIDEO, "needs": ["prompt"], "frames": 81, "fps": 16, "frames_field": "num_frames", "fps_field": "frames_per_second",
        "sizes": ["832x480", "480x832", "1280x720", "720x1280"], "resolution": "480p", "latency": 45,
        "enums": {"resolution": ["480p", "720p"], "aspect_ratio": ["16:9", "9:16"]},
        "prices": [{"kind": "per_clip", "usd": "0.05", "condition": "480p"}, {"kind": "per_clip", "usd": "0.10", "condition": "720p"}]},
    "wavespeedai/wan-2.1-i2v-480p": {
        **_VIDEO, "needs": ["prompt", "image"], "first_frame": "image", "frames": 81, "fps": 16, "frames_field": "num_frames",
        "fps_field": "frames_per_second", "sizes": ["832x480", "480x832"], "latency": 45,
        "ranges": {"num_frames": [5, 100], "frames_per_second": [5, 24]}, "bill_fps": 16,
        "prices": [{"kind": "per_output_second", "usd": "0.09"}]},
    "anotherjesse/zeroscope-v2-xl": {
        "kind": "video", "official": False, "output": "list", "needs": [], "frames": 24, "fps": 8, "frames_field": "num_frames",
        "fps_field": "fps", "sizes": ["576x320", "1024x576"], "width_field": "width", "height_field": "height", "latency": 88.4,
        "version": "9f747673945c62801b13b84701c783929c0ee784e4748ec062204894dda1a351",
        "prices": [{"kind": "per_gpu_second", "usd": "0.001400"}]},
    "lucataco/animate-diff": {
        "kind": "video", "official": False, "output": "string", "needs": [], "frames": 16, "fps": 8, "sizes": ["512x512"],
        "version": "beecf59c4aee8d81bf04f0381033dfa10dc16e845b4ae00d281e2fa377e48a9f", "latency": 53.6,
        "ranges": {"steps": [1, 100], "guidance_scale": [1, 10]}, "prices": [{"kind": "per_gpu_second", "usd": "0.001400"}]},
    "minimax/video-01": {
        **_VIDEO, "needs": ["prompt"], "first_frame": "first_frame_image", "seconds": 6, "sizes": ["1280x720"], "latency": 289,
        "prices": [{"kind": "per_clip", "usd": "0.50"}]},
    "minimax/hailuo-02": {
        **_VIDEO, "needs": ["prompt"], "first_frame": "first_frame_image", "last_frame": "last_frame_image", "seconds": 6,
        "seconds_field": "duration", "sizes": ["1366x768", "768x1366"], "resolution": "1080p", "latency": 180,
        "prices": [{"kind": "per_output_second", "usd": "0.08", "condition": "1080p"},
                   {"kind": "per_output_second", "usd": "0.045", "condition": "768p"},
                   {"kind": "per_output_second", "usd": "0.0166", "condition": "512p"}]},
    "black-forest-labs/flux-schnell": {
        **_IMAGE, "needs": ["prompt"], "sizes": ["1024x1024", "1344x768", "768x1344"], "latency": 0.83, "format": "webp",
        "count_field": "num_outputs", "ranges": {"num_outputs": [1, 4], "num_inference_steps": [1, 4]},
        "enums": {"output_format": ["webp", "jpg", "png"]},
        "prices": [{"kind": "per_image", "usd": "0.003"}]},
    "stability-ai/sdxl": {
        "kind": "image", "official": False, "output": "list", "needs": [], "sizes": ["1024x1024"], "latency": 4.98, "format": "png",
        "version": "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc", "count_field": "num_outputs",
        "width_field": "width", "height_field": "height",
        "ranges": {"num_outputs": [1, 4], "num_inference_steps": [1, 500], "guidance_scale": [1, 50], "prompt_strength": [0, 1]},
        "prices": [{"kind": "per_gpu_second", "usd": "0.001400"}]},
    "meta/musicgen": {
        "kind": "music", "official": False, "output": "string", "needs": [], "seconds": 8, "seconds_field": "duration", "format": "wav",
        "version": "671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb", "latency": 66.4,
        "enums": {"output_format": ["wav", "mp3"]}, "prices": [{"kind": "per_gpu_second", "usd": "0.001400"}]},
    "minimax/music-1.5": {
        "kind": "music", "official": True, "output": "string", "needs": ["prompt"], "seconds": 120, "format": "mp3", "latency": 60,
        "prices": [{"kind": "per_run", "usd": "0.03"}]},
}

# Versions that published records of these models name, for models that come without one.
VERSIONS = {name: row["version"] for name, row in REPLICATE.items() if "version" in row}
VERSIONS["zsxkib/animate-diff"] = "269a616c8b0c2bbc12fc15fd51bb202b11e94ff0f7786c026aa905305c4ed9fb"
VERSIONS["tencent/hunyuan-video"] = "8283f26be7ce5dc0119324b4752cbfd3970b3ef1b923c4d3c35eb6546518747a"

# Dollars a million tokens, a picture, or a million characters.
OPENAI = {
    "gpt-4-turbo": {"usd": "10", "output_usd": "30", "shutdown_date": "2026-10-23"},
    "gpt-4o": {"usd": "2.50", "cached_usd": "1.25", "output_usd": "10", "shutdown_date": "2027-01-14"},
    "gpt-4o-mini": {"usd": "0.15", "cached_usd": "0.075", "output_usd": "0.60", "shutdown_date": "2027-01-14"},
    "gpt-4.1": {"usd": "2", "cached_usd": "0.50", "output_usd": "8", "shutdown_date": "2027-01-14"},
    "gpt-4.1-mini": {"usd": "0.40", "cached_usd": "0.10", "output_usd": "1.60", "shutdown_date": "2027-01-14"},
    "gpt-5.6-terra": {"usd": "2", "cached_usd": "0.20", "output_usd": "12"},
    "gpt-6-luna": {"usd": "0.10", "cached_usd": "0.01", "cache_write_usd": "0.125", "output_usd": "0.50"},
    "gpt-6-sol": {"usd": "2", "cached_usd": "0.20", "cache_write_usd": "2.50", "output_usd": "10"},
    "gpt-image-2.5": {"kind": "per_image", "usd": "0.04"},
    "gpt-image-1": {"kind": "per_image", "usd": "0.04", "shutdown_date": "2026-10-23"},
    "tts-1": {"kind": "per_character", "usd": "15"},
    "gpt-4o-mini-tts": {"kind": "per_character", "usd": "12"},
}

FAL = {
    "fal-ai/wan/v2.2-5b/image-to-video": {**_VIDEO, "needs": ["prompt", "image_url"], "first_frame": "image_url", "frames": 121,
                                          "fps": 24, "sizes": ["1280x720", "720x1280"], "latency": 45,
                                          "prices": [{"kind": "per_clip", "usd": "0.15"}]},
    "fal-ai/flux/schnell": {**_IMAGE, "needs": ["prompt"], "sizes": ["1024x768"], "latency": 1, "format": "png",
                            "prices": [{"kind": "per_image", "usd": "0.003"}]},
}

_RATIOS = ["1280:720", "720:1280", "1104:832", "832:1104", "960:960", "1584:672"]
RUNWAY = {  # one credit is a cent
    "gen4_turbo": {**_VIDEO, "needs": ["promptImage", "ratio"], "first_frame": "promptImage", "seconds": 10, "seconds_field": "duration",
                   "sizes": [ratio.replace(":", "x") for ratio in _RATIOS], "enums": {"ratio": _RATIOS, "duration": [5, 10]},
                   "latency": 40, "credits_per_second": 5, "prices": [{"kind": "per_output_second", "usd": "0.05"}]},
    "gen4.5": {**_VIDEO, "needs": ["promptText", "ratio"], "first_frame": "promptImage", "seconds": 5, "seconds_field": "duration",
               "sizes": [ratio.replace(":", "x") for ratio in _RATIOS], "enums": {"ratio": _RATIOS},
               "latency": 60, "credits_per_second": 12, "prices": [{"kind": "per_output_second", "usd": "0.12"}]},
}

COMFY = {"comfyui/workflow": {**_VIDEO, "needs": [], "first_frame": "image", "frames": 81, "fps": 16, "sizes": ["832x480"], "latency": 20,
                              "prices": [{"kind": "free", "usd": "0"}]}}
