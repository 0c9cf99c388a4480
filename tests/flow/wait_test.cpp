// SPDX-License-Identifier: Apache-2.0
#include "flow/wait.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "base/random.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;
using Maybe = std::optional<Nanos>;

struct Row {
  const char* text;
  Maybe want;
};

TEST(wait, durations_in_every_form) {
  const Row rows[] = {{"6m0s", 300s},
                      {"12ms", 12ms},
                      {"1s", 1s},
                      {"1m2s", 62s},
                      {"1h", 300s},
                      {"1.5s", 1500ms},
                      {"20 seconds", 20s},
                      {"1.5 minutes", 90s},
                      {"2 min 3 sec", 123s},
                      {"30", 30s},
                      {"0", 0s},
                      {" 7 ", 7s},
                      {"0.25", 250ms},
                      {"100us", 100us},
                      {"99999999999999999999s", 300s},
                      {"0.0001s", 0s},
                      {"1.9999s", 1999ms},
                      {"5 SECONDS", 5s},
                      {"", std::nullopt},
                      {"s", std::nullopt},
                      {"-5s", std::nullopt},
                      {"5x", std::nullopt},
                      {"1m 2", std::nullopt},
                      {"five", std::nullopt},
                      {"NaN", std::nullopt},
                      {"1e9", std::nullopt},
                      {"5s!", std::nullopt},
                      {"+5", std::nullopt},
                      {"0x10", std::nullopt},
                      {"4m59s999ms", 299999ms}};
  for (const Row& r : rows) EXPECT_EQ(parse_duration(r.text), r.want) << r.text;
}

TEST(wait, http_dates_in_three_forms) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), 784111777);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), 784111777);
  EXPECT_EQ(parse_http_date("1994-11-06T08:49:37Z"), 784111777);
  EXPECT_EQ(parse_http_date("1994-11-06T08:49:37.123456Z"), 784111777);
  EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 23:59:60 GMT"), 1709251200);
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
  for (const char* bad : {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 25:49:37 GMT", "06 Nov 1994", "tomorrow",
                          "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
                          "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "1994-13-06T08:49:37Z"})
    EXPECT_EQ(parse_http_date(bad), std::nullopt) << bad;
}

std::string written(std::time_t at, const char* form) {
  std::tm parts{};
  gmtime_r(&at, &parts);
  char text[80];
  return std::string(text, std::strftime(text, sizeof text, form, &parts));
}

// The C library says what moment a date is: every 29 days and some hours, of 230 years.
TEST(wait, every_month_of_every_year) {
  for (std::time_t at = 0; at < 7'258'118'400; at += 29 * 86400 + 5 * 3600 + 7 * 60 + 11) {
    for (const char* form : {"%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %Y %H:%M:%S UTC", "%A, %d-%b-%Y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y",
                             "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S+00:00"})
      ASSERT_EQ(parse_http_date(written(at, form)).value_or(-1), at) << written(at, form);
    if (at >= 1'000'000'000 && at < 3'100'000'000) {
      ASSERT_EQ(parse_http_date(written(at, "%A, %d-%b-%y %H:%M:%S GMT")).value_or(-1), at);
    }
  }
  EXPECT_EQ(parse_http_date("Friday, 01-Jan-70 00:00:01 GMT"), 1);            // two digits: 1970 to 2069
  EXPECT_EQ(parse_http_date("Tuesday, 31-Dec-69 00:00:00 GMT"), 3155673600);
}

TEST(wait, the_edges_of_a_date) {
  const auto at = [](const std::string& text) { return parse_http_date(text).has_value(); };
  EXPECT_TRUE(at("Mon, 31 Dec 1970 23:59:60 GMT"));
  EXPECT_TRUE(at("Mon, 01 Jan 9999 00:00:00 GMT"));
  for (const char* bad : {"Mon, 32 Dec 1970 23:59:59 GMT", "Mon, 0 Dec 1970 23:59:59 GMT", "Mon, 31 Dec 1970 24:00:00 GMT",
                          "Mon, 31 Dec 1970 23:60:00 GMT", "Mon, 31 Dec 1970 23:59:61 GMT", "Mon, 31 Dec 1969 23:59:59 GMT",
                          "Mon, 31 Dec 10000 23:59:59 GMT", "Mon, 31 Dec 100 23:59:59 GMT", "1999-00-01T00:00:00Z", "1999-13-01T00:00:00Z", "1999-01-00T00:00:00Z",
                          "Mon, 31 Dec 1970 23:59:59 CET", "Mon, 31 Dec 1970 23:59", "Mon, 31 Dec", "Mon, 31Dec 1970 23:59:59 GMT",
                          "Mon, 31 Dec1970 23:59:59 GMT", "Mon Dec 31", "Mon Dec 31 23:59:59", "Mon Foo 31 23:59:59 1970", "1999-01-01T",
                          "1999-01-01", "Mon, 31 Dec 1970 23:59:59 GMT and more", "12", ", 31 Dec 1970 23:59:59 GMT", "Mon, 31 Dec 1970 x", "Mon, 31 Dec 1970 23-59-59 GMT", "Mon, 31 Dec 1970 23:59-59 GMT",
                          "Mon, 31 Dec 1970 23:x:59 GMT", "Mon, 31 Dec 1970 23:59:x GMT", "Mon, 31 Dec x 23:59:59 GMT",
                          "1999-01-01T00:00:00", "1999-01-01T00:00:00+01:00", "1999/01-01T00:00:00Z", "1999-x-01T00:00:00Z",
                          "1999-01/01T00:00:00Z", "1999-01-xT00:00:00Z", "1999-01-01x00:00:00Z"})
    EXPECT_FALSE(at(bad)) << bad;
}

TEST(wait, every_unit_by_every_name) {
  const std::pair<const char*, Nanos> units[] = {
      {"ns", 1ns},   {"us", 1us},     {"ms", 1ms},       {"milliseconds", 1ms}, {"s", 1s},   {"sec", 1s},     {"secs", 1s},
      {"second", 1s}, {"seconds", 1s}, {"m", 60s},        {"min", 60s},          {"mins", 60s}, {"minute", 60s}, {"minutes", 60s}};
  for (const auto& [name, unit] : units) {
    EXPECT_EQ(parse_duration("3" + std::string(name)), 3 * unit) << name;
    EXPECT_EQ(parse_duration("1.5 " + std::string(name)), unit * 3 / 2) << name;
  }
  for (const auto& [name, unit] : {std::pair("h", Nanos(3600s)), std::pair("hour", Nanos(3600s)), std::pair("hours", Nanos(3600s)),
                                   std::pair("d", Nanos(86400s)), std::pair("day", Nanos(86400s)), std::pair("days", Nanos(86400s))}) {
    EXPECT_EQ(parse_duration("0.002" + std::string(name)), std::min(unit / 500, Nanos(300s))) << name;
    EXPECT_EQ(parse_duration("9" + std::string(name)), Nanos(300s)) << name;
  }
  EXPECT_EQ(parse_duration("999ns"), Nanos(999));
  EXPECT_EQ(parse_duration("300s"), Nanos(300s));
  EXPECT_EQ(parse_duration("299.999s"), Nanos(299999ms));
  EXPECT_EQ(parse_duration("300.001s"), Nanos(300s));
  EXPECT_EQ(parse_duration("299999999us"), Nanos(299999999us));
  EXPECT_EQ(parse_duration("4m 59s 1ms"), Nanos(299001ms));
  EXPECT_EQ(parse_duration("1.123456s"), Nanos(1123ms));
  EXPECT_EQ(parse_duration("1."), std::nullopt);
  EXPECT_EQ(parse_duration(".5"), std::nullopt);
  EXPECT_EQ(parse_duration("1m 2 x"), std::nullopt);
}

TEST(wait, every_phrase) {
  for (const char* phrase : {"resets in", "reset in", "again in", "again after", "retry after", "retry in", "wait for", "wait", "available in"})
    for (const char* about : {" ", " ~", ": ", " about ", " approximately ", " at least "})
      EXPECT_EQ(wait_in_words("it is so: " + std::string(phrase) + about + "7s, then"), Maybe(7s)) << phrase << about;
}

TEST(wait, the_burst_that_is_named) {
  const auto burst = [](const std::string& text) { return limit_in_words(text).value_or(RateLimit(0, 1s, 0)).burst; };
  EXPECT_EQ(burst("20 requests per minute with a burst of 3 requests"), 3);
  EXPECT_EQ(burst("20 requests per minute with a burst of 20"), 20);
  EXPECT_EQ(burst("20 requests per minute with a burst of 21"), 20);
  EXPECT_EQ(burst("20 requests per minute with a burst of 0"), 1);
  EXPECT_EQ(burst("20 requests per minute with a burst of many"), 1);
  EXPECT_EQ(burst("at most 250 requests per minute"), 1);
  EXPECT_EQ(limit_in_words("250 requests per hour")->count, 250);
  EXPECT_EQ(limit_in_words("250 requests per hour")->window, 3600s);
  EXPECT_FALSE(limit_in_words("1.5 requests per minute"));
  EXPECT_FALSE(limit_in_words("9 requests per ms"));
  EXPECT_EQ(limit_in_words("x9 requests per day")->count, 9);
}

TEST(wait, retry_after_is_seconds_or_a_date_and_is_clamped) {
  const std::int64_t now = 784111777;
  EXPECT_EQ(parse_retry_after("12", now), Maybe(12s));
  EXPECT_EQ(parse_retry_after("1.5", now), Maybe(1500ms));
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:50:07 GMT", now), Maybe(30s));
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now), Maybe(0s));
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 2094 08:00:00 GMT", now), Maybe(300s));
  EXPECT_EQ(parse_retry_after("86400", now), Maybe(300s));
  EXPECT_EQ(parse_retry_after("99999999999999999999999999", now), Maybe(300s));
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:50:07 GMT", INT64_MIN), Maybe(300s));
  for (const char* bad : {"", "-1", "soon", "-99999999999999999999", "12 apples"})
    EXPECT_EQ(parse_retry_after(bad, now), std::nullopt) << bad;
}

TEST(wait, prose) {
  const Row rows[] = {{"Request was throttled. Your rate limit resets in ~30s.", 30s},
                      {"Please try again in 1m2s.", 62s},
                      {"Rate limit reached. Please try again in 12ms. Visit", 12ms},
                      {"Retry after 20 seconds", 20s},
                      {"please wait 3 minutes", 180s},
                      {"resets in about 1.5 minutes", 90s},
                      {"RESETS IN ~2H", 300s},
                      {"retry after: 5s", 5s},
                      {"wait until you can wait 4s", 4s},
                      {"try again in a moment", std::nullopt},
                      {"try again in 5", std::nullopt},
                      {"you sent 30s of video", std::nullopt},
                      {"", std::nullopt}};
  for (const Row& r : rows) EXPECT_EQ(wait_in_words(r.text), r.want) << r.text;
}

TEST(wait, the_limit_that_a_throttle_names) {
  const auto low = limit_in_words(
      "Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per minute with a "
      "burst "
      "of 1 requests while you have less than $5.0 in credit. Your rate limit resets in ~9s.");
  ASSERT_TRUE(low);
  EXPECT_EQ(low->count, 6);
  EXPECT_EQ(low->window, 60s);
  EXPECT_EQ(low->burst, 1);
  EXPECT_EQ(limit_in_words("at most 1 requests per second")->window, 1s);
  for (const char* bad : {"", "requests per minute", "0 requests per minute", "many requests per minute",
                          "6 requests per fortnight", " requests per ", "10,600 requests per minute"})
    EXPECT_FALSE(limit_in_words(bad)) << bad;
}

TEST(wait, the_most_exact_form_wins) {
  WaitFacts f;
  EXPECT_EQ(server_wait(f), std::nullopt);
  f.reset = "6m0s";
  EXPECT_EQ(server_wait(f), Maybe(300s));
  f.words = "resets in ~30s";
  EXPECT_EQ(server_wait(f), Maybe(30s));
  f.body_retry_after = "9";
  EXPECT_EQ(server_wait(f), Maybe(9s));
  f.retry_after = "8";
  EXPECT_EQ(server_wait(f), Maybe(8s));
  f.retry_after_ms = "1500.5";
  EXPECT_EQ(server_wait(f), Maybe(Nanos(1500500us)));
  for (const char* no_number : {"x", "1500 apples"}) {
    f.retry_after_ms = no_number;
    EXPECT_EQ(server_wait(f), Maybe(8s)) << no_number;
  }
}

// Any bytes: an answer within 0 .. 300 s or none, and no time lost on long texts.
TEST(wait, hostile_texts) {
  const std::string pieces[] = {"resets in ",
                                "~",
                                "9",
                                "s",
                                "m",
                                "99999999999999999999",
                                ".",
                                " ",
                                "try again in ",
                                "-",
                                "\xff",
                                std::string(1, '\0'),
                                "wait ",
                                "requests per ",
                                "burst of ",
                                "GMT",
                                ":",
                                "1h",
                                "Sun, ",
                                "Nov",
                                "0"};
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    base::Random r(seed);
    std::string text;
    for (std::uint64_t i = r.below(24); i > 0; --i) text += pieces[r.below(std::size(pieces))];
    WaitFacts f;
    f.words = f.reset = f.retry_after = f.retry_after_ms = text;
    f.now_unix = static_cast<std::int64_t>(r.next());
    for (const Maybe wait :
         {server_wait(f), parse_duration(text), wait_in_words(text), parse_retry_after(text, f.now_unix)})
      if (wait) {
        ASSERT_TRUE(*wait >= 0s && *wait <= 300s) << seed << ": " << text;
      }
    const auto limit = limit_in_words(text);
    if (limit) {
      ASSERT_TRUE(limit->count > 0 && limit->burst > 0 && limit->burst <= limit->count) << seed << ": " << text;
    }
  }
  const std::string far(100'000, '.');  // what stands beyond the first words is not looked for
  EXPECT_EQ(wait_in_words(far + " wait 5s"), std::nullopt);
  EXPECT_EQ(limit_in_words(far + " 6 requests per minute"), std::nullopt);
  EXPECT_EQ(wait_in_words("wait 5s " + far), Maybe(5s));
  std::string waits;
  for (int i = 0; i < 100000; ++i) waits += "wait ";
  EXPECT_EQ(wait_in_words(waits), std::nullopt);
}

}  // namespace
}  // namespace vidgen::flow
