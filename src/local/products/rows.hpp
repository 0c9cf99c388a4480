// SPDX-License-Identifier: Apache-2.0
// The drawing functions behind the rows of table.cpp, one product a file. Not for other folders.
#pragma once

#include "local/products/product.hpp"

namespace vidgen::local {

using DrawProduct = void(Canvas&, const Light&, const ProductLook&);

DrawProduct draw_bottle, detail_bottle;
DrawProduct draw_glass_bottle, detail_glass_bottle;  // the bottle's, for glass
DrawProduct draw_mug, detail_mug;
DrawProduct draw_phone, detail_phone;
DrawProduct draw_sneaker;
DrawProduct draw_headphones;
DrawProduct draw_watch;
DrawProduct draw_laptop;
DrawProduct draw_backpack;
DrawProduct draw_perfume;
DrawProduct draw_lamp, glow_lamp;
DrawProduct draw_book;
DrawProduct draw_car, glow_car;
DrawProduct draw_lipstick;
DrawProduct draw_jar;
DrawProduct draw_speaker;
DrawProduct draw_drink_can, detail_drink_can;
DrawProduct draw_camera;
DrawProduct draw_bag;
DrawProduct draw_plant;
DrawProduct draw_chair;
DrawProduct draw_sofa;
DrawProduct draw_jewellery;
DrawProduct draw_game_controller;
DrawProduct draw_pouch;
DrawProduct draw_food;
DrawProduct draw_toy;
DrawProduct draw_service;
DrawProduct draw_event;
DrawProduct draw_idea, glow_idea;
DrawProduct draw_bicycle;
DrawProduct draw_box;

}  // namespace vidgen::local
