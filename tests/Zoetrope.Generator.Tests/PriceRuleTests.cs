using Microsoft.CodeAnalysis;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Generator.Tests;

/// <summary>The price rules of Eachlabs' pages become code that estimates from the typed input, and what is not sure stays unknown with the reason.</summary>
public class PriceRuleTests(ITestOutputHelper output)
{
    private const string Type = "Demo.Models.KlingO3ProImageToVideo";

    private static readonly string _parameters = string.Concat(
        "| resolution | string | No | 720p | 480p,720p,1080p | - | ",
        "| quality | string | No | - | low, high | - | ",
        "| seconds_of_intro | integer | No | - | 1–3 | - | ",
        "| num_images | integer | No | 1 | 1–4 | - | ",
        "| fps | integer | No | 24 | 1–240 | - | ",
        "| strength | number | No | 0.5 | 0–1 | - | ");

    [Theory]
    // A condition on every parameter, and values as texts.
    [InlineData("duration == \"5\" AND resolution == \"720p\" AND generate_audio == \"false\"", "$0.25", "{\"duration\": \"5\"}", "exactly $0.25")]
    [InlineData("duration == 5 && generate_audio == TRUE", "$0.25 USD", "{\"duration\": \"5\", \"generate_audio\": true}", "exactly $0.25")]
    [InlineData("(duration = '5' or duration = '6') and resolution != \"480p\"", "0.3 USD", "{\"duration\": \"6\"}", "exactly $0.3")]
    [InlineData("resolution eq_i \"720P\"", "€0.10", "{\"resolution\": \"720p\"}", "exactly 0.1 EUR")]
    [InlineData("resolution in [\"720p\", \"1080p\"]", "4 credits", "{}", "exactly 4 credits")]
    [InlineData("resolution not in (\"480p\")", "USD 4", "{}", "exactly $4")]
    [InlineData("fps >= 24 AND fps < 48.5", "$0.1", "{}", "exactly $0.1")]
    [InlineData("strength <= 0.5", "$0.1", "{\"strength\": 0.25}", "exactly $0.1")]
    // Seconds and results are multiplied where the page says so.
    [InlineData("resolution == \"720p\"", "720p pricing: $0.10/second", "{\"duration\": \"7\"}", "exactly $0.7")]
    [InlineData("Rule 1", "720p resolution: $0.3024 per second based on output duration.", "{\"duration\": \"3\"}", "exactly $0.9072")]
    [InlineData("num_images (per unit)", "$0.039", "{\"num_images\": 4}", "exactly $0.156")]
    [InlineData("Rule 1", "$0.04 per image", "{\"num_images\": 3}", "exactly $0.12")]
    [InlineData("Rule 1", "$0.04 per request", "{\"num_images\": 3}", "exactly $0.04")]
    [InlineData("num_images (per unit)", "$0.039 per unit", "{\"num_images\": 4}", "exactly $0.156")]
    [InlineData("num_images == \"4\"", "$0.1", "{\"num_images\": 4}", "exactly $0.1")]
    // And are a range where it does not.
    [InlineData("num_images >= 1", "$0.04", "{\"num_images\": 4}",
        "from $0.04 to $0.16: the document does not say whether its price is one of each num_images")]
    [InlineData("num_images in [1, 4]", "$0.04", "{\"num_images\": 4}",
        "from $0.04 to $0.16: the document does not say whether its price is one of each num_images")]
    [InlineData("Rule 1", "$0.04 per image", "{\"num_images\": 0}", "unknown: '0' of num_images does not say how many are paid for")]
    [InlineData("Rule 1", "$0.1 per second", "{\"duration\": \"-1\"}", "unknown: '-1' of duration does not say how many are paid for")]
    // A label says what the price is one of: for other values there is none.
    [InlineData("Rule 1", "720p resolution: $0.3", "{\"resolution\": \"1080p\"}", "unknown: the page states '720p resolution: $0.3', and no other price")]
    [InlineData("Rule 1", "480p and 720p: $0.3", "{}", "exactly $0.3")]
    [InlineData("Rule 1", "1080p pricing (fallback): $0.3", "{}", "exactly $0.3")]
    [InlineData("duration == \"5\"", "480p: $0.3", "{\"duration\": \"5\"}", "unknown: the page states 'duration == \"5\": 480p: $0.3', and no other price")]
    [InlineData("resolution == \"720p\"", "1080p: $0.3", "{}", "unknown: the page states 'resolution == \"720p\": 1080p: $0.3', and no other price")]
    [InlineData("Rule 1", "**Price:** $0.04", "{}", "exactly $0.04")]
    [InlineData("Rule 1", "Cost: up to $0.04", "{}", "at most $0.04: the document states the most only")]
    [InlineData("Rule 1", "$0.04", "{\"num_images\": 3}",
        "from $0.04 to $0.12: the document does not say whether its price is one of each num_images")]
    [InlineData("Rule 1", "$0.04", "{}", "exactly $0.04")]
    [InlineData("default", "up to $0.50", "{}", "at most $0.5: the document states the most only")]
    // A parameter that is left out has its documented default, or any of its documented values.
    [InlineData("Rule 1", "$0.1 per second", "{}", "from $0.3 to $1.5: duration is not given, and its default is not documented")]
    [InlineData("quality == \"low\"", "$1", "{}", "unknown: no price rule of the page of kling-o3-pro-image-to-video applies to quality 'high'")]
    [InlineData("quality == \"low\" OR quality == \"high\"", "$1", "{}", "exactly $1")]
    [InlineData("seconds_of_intro < 4", "$1", "{}", "exactly $1")]
    [InlineData("prompt == \"x\"", "$1", "{}", "unknown: prompt is not given, and its default is not documented")]
    // What is sent besides the members of the input, or in their place, may change the cost.
    [InlineData("Rule 1", "$0.1 per second", "{\"duration\": \"5\", \"fast\": true}",
        "unknown: fast is sent by ExtraProperties, and the page of kling-o3-pro-image-to-video does not say what that costs")]
    [InlineData("Rule 1", "$0.1 per image", "{\"num_images\": \"4\"}",
        "unknown: num_images is sent by ExtraProperties, and the page of kling-o3-pro-image-to-video does not say what that costs")]
    [InlineData("Rule 1", "$0.1 per image", "{\"num_images\": null}",
        "unknown: num_images is sent by ExtraProperties, and the page of kling-o3-pro-image-to-video does not say what that costs")]
    // What is outside of the documented values.
    [InlineData("resolution == \"4k\"", "$1", "{\"resolution\": \"4k\"}", "exactly $1")]
    [InlineData("resolution == \"720p\"", "$1", "{\"resolution\": \"8k\"}",
        "unknown: no price rule of the page of kling-o3-pro-image-to-video applies to resolution '8k'")]
    [InlineData("Rule 1", "$0.1 per second", "{\"duration\": \"long\"}", "unknown: 'long' of duration does not say how many are paid for")]
    public void An_estimate_follows_the_rule(string condition, string price, string input, string expected)
    {
        var estimate = Estimate([(condition, price)], input);

        Assert.Equal(expected, estimate.ToString());
        Assert.Equal(estimate.Certainty == CostCertainty.Unknown, estimate.Source is null);
    }

    [Theory]
    [InlineData("$0.030 / $0.040 (no audio / with audio)", "it states several amounts")]
    [InlineData("Default fallback (720p rate) when resolution is not specified.", "it states no amount with a currency")]
    [InlineData("0.25", "it states no amount with a currency")]
    [InlineData("from $0.25", "it states a part of the price")]
    [InlineData("$0.25 per megapixel", "it is not clear from the input how much of 'per megapixel' a job takes")]
    [InlineData("$0.25 per second of input video", "it is not clear from the input how much")]
    [InlineData("$0.25 per 5 seconds", "it is not clear from the input how much")]
    [InlineData("$0.25 per minute", "it is not clear from the input how much")]
    [InlineData("$0.25 per 1000 characters", "it is not clear from the input how much")]
    [InlineData("$0.25 per compute second", "it is not clear from the input how much")]
    [InlineData("$0.25 plus tax", "it is not clear what 'plus tax' pays for")]
    [InlineData("$1,200.00", "it states no amount with a currency")]
    [InlineData("$0.10 + $0.05/second", "it states several amounts")]
    [InlineData("25 cents", "it states no amount with a currency")]
    [InlineData("$0.05 per unit", "it is not clear from the input how much of 'per unit' a job takes")]
    [InlineData("Per-second pricing: $0.03", "it is not clear what 'Per-second pricing:' means for it")]
    [InlineData("Price per megapixel: $0.03", "it is not clear what 'Price per megapixel:' means for it")]
    [InlineData("Per 1000 characters: $0.02", "it is not clear what 'Per 1000 characters:' means for it")]
    [InlineData("Every 5 seconds: $0.35", "it is not clear what 'Every 5 seconds:' means for it")]
    [InlineData("Up to 5 seconds: $0.25", "it is not clear what 'Up to 5 seconds:' means for it")]
    [InlineData("duration * $0.05", "it is not clear what 'duration *' means for it")]
    [InlineData("5 × $0.10", "it is not clear what '5 ×' means for it")]
    [InlineData("Half of $0.10", "it is not clear what 'Half of' means for it")]
    [InlineData("Audio adds $0.05/second", "it is not clear what 'Audio adds' means for it")]
    [InlineData("Additional $0.05 per image", "it is not clear what 'Additional' means for it")]
    [InlineData("Per-second pricing (fallback): $0.03", "it is not clear what 'Per-second pricing (fallback):' means for it")]
    [InlineData("2160p: $0.03", "it is not clear what '2160p:' means for it")]
    public void A_price_that_is_not_understood_is_reported_and_never_guessed(string price, string reason)
    {
        var page = Page([("Rule 1", price)]);
        var generated = new Project([page]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0056");
        Assert.Contains(reason, diagnostic.GetMessage());
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.DefaultSeverity);
        Assert.Equal(page.PlaceOf("Rule 1 |").Column, diagnostic.Location.GetLineSpan().StartLinePosition.Character + 1);
        Assert.Equal($"unknown: the page states '{price}', which is not understood", Estimate(generated, "{\"num_images\": 2}").ToString());
    }

    [Theory]
    [InlineData("resolution ~ \"720p\"", "'~' is not a known comparison")]
    [InlineData("resolution ==", "it ends where a value is expected")]
    [InlineData("(resolution == \"720p\"", "a parenthesis is not closed")]
    [InlineData("resolution == \"720p\" \"480p\"", "'\"480p\"' is not expected there")]
    [InlineData("input longer than 5 seconds", "'longer' is not a known comparison")]
    [InlineData("\"720p\" == resolution", "'\"720p\"' is not a parameter")]
    [InlineData("resolution in [\"720p\"", "a list of values is not closed")]
    [InlineData("end_image_url is provided", "'provided' is not a value")]
    [InlineData("prompt == null", "'null' is not a value")]
    [InlineData("prompt is not empty", "'empty' is not expected there")]
    public void A_condition_that_is_not_understood_leaves_every_cost_open(string condition, string reason)
    {
        var generated = new Project([Page([("resolution == \"480p\"", "$1"), (condition, "$2")])]).Run();

        Assert.Contains(reason, Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0056").GetMessage());
        Assert.Equal(
            CostCertainty.Unknown,
            Estimate(generated, "{\"resolution\": \"480p\"}").Certainty);
    }

    [Theory]
    [InlineData("mode == \"pro\"", "$1", "'mode' is not a parameter that can be compared")]
    [InlineData("multi_prompt == \"x\"", "$1", "'multi_prompt' is not a parameter that can be compared")]
    [InlineData("generate_audio == \"loud\"", "$1", "'loud' is not a valid value of 'generate_audio', which is true or false")]
    [InlineData("resolution > \"hd\"", "$1", "'resolution' cannot be compared with 'hd' by size")]
    [InlineData("num_videos (per unit)", "$1", "'num_videos' is not a parameter with a number")]
    [InlineData("duration in [5-10]", "$1", "'5-10' is not a valid value of 'duration', which is a number")]
    [InlineData("num_images == \"2-4\"", "$1", "'2-4' is not a valid value of 'num_images', which is a number")]
    [InlineData("fps == \"high\"", "$1", "'high' is not a valid value of 'fps', which is a number")]
    [InlineData("resolution == \"720p,1080p\"", "$1", "'720p,1080p' is not one value of 'resolution'")]
    [InlineData("prompt == \"5–10\"", "$1", "'5–10' is not one value of 'prompt'")]
    public void A_rule_that_cannot_be_computed_is_reported_at_its_line(string condition, string price, string reason)
    {
        var page = Page([("resolution == \"480p\"", "$1"), (condition, price)]);
        var generated = new Project([page]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0127");
        Assert.Contains(reason, diagnostic.GetMessage());
        Assert.Equal(page.PlaceOf(condition + " |").Column, diagnostic.Location.GetLineSpan().StartLinePosition.Character + 1);
        Assert.Contains(reason, Estimate(generated, "{}").Reason);
    }

    [Fact]
    public void A_rule_that_cannot_be_computed_leaves_open_only_what_it_may_apply_to()
    {
        var generated = new Project([Page([("resolution == \"480p\" AND mode == \"pro\"", "$1"), ("resolution == \"720p\"", "$2")])]).Run();

        Assert.Equal("exactly $2", Estimate(generated, "{}").ToString());
        Assert.StartsWith("unknown: the page states", Estimate(generated, "{\"resolution\": \"480p\"}").ToString());
    }

    [Fact]
    public void Overlapping_rules_are_a_range_and_reported()
    {
        (string, string)[] rules = [("resolution == \"720p\"", "$1"), ("resolution == \"720p\" AND generate_audio == \"true\"", "$1.5"), ("Rule 3", "$3")];
        var page = Page(rules);
        var generated = new Project([page]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0129");
        Assert.Equal(page.PlaceOf("resolution == \"720p\" AND").Column, diagnostic.Location.GetLineSpan().StartLinePosition.Character + 1);
        Assert.Equal("exactly $1", Estimate(generated, "{}").ToString());
        Assert.StartsWith("from $1 to $1.5: several rules apply", Estimate(generated, "{\"generate_audio\": true}").ToString());
        Assert.Equal("exactly $3", Estimate(generated, "{\"resolution\": \"480p\", \"generate_audio\": true}").ToString());
    }

    [Theory]
    [InlineData("Rule 1", "$1", "Rule 2", "$1 plus tax")]
    [InlineData("Rule 1", "$1 plus tax", "Rule 2", "$1")]
    [InlineData("Rule 1", "$1", "Rule 2", "$2")]
    [InlineData("Rule 1", "720p: $1", "Rule 2", "1080p: $1")]
    // A price of each unit that is not understood is not one of what no other rule applies to.
    [InlineData("num_images (per unit)", "$1 plus tax", "resolution == \"720p\"", "$1")]
    [InlineData("num_images (per unit)", "$1 per request", "resolution == \"720p\"", "$1")]
    [InlineData("num_images (per unit)", "720p: $1", "resolution == \"720p\"", "$1")]
    public void Rules_that_contradict_each_other_leave_the_cost_open(string one, string price, string other, string otherPrice) =>
        Assert.Equal(CostCertainty.Unknown, Estimate([(one, price), (other, otherPrice)], "{}").Certainty);

    [Fact]
    public void A_parameter_that_is_left_out_without_a_default_may_be_priced_as_what_no_rule_applies_to()
    {
        (string, string)[] rules = [("quality == \"low\"", "$1"), ("quality == \"high\"", "$2"), ("fallback", "$5")];

        Assert.StartsWith("from $1 to $5: quality is not given", Estimate(rules, "{}").ToString());
        Assert.StartsWith("from $1 to $2: quality is not given", Estimate(rules[..2], "{}").ToString());
        Assert.Equal("exactly $2", Estimate(rules, "{\"quality\": \"high\"}").ToString());
    }

    [Fact]
    public void A_bare_price_beside_prices_of_a_second_is_a_range()
    {
        (string, string)[] rules = [("resolution == \"1080p\"", "$0.2 per second"), ("fallback", "$0.1")];

        Assert.StartsWith("from $0.1 to $0.5: the document does not say", Estimate(rules, "{\"duration\": \"5\"}").ToString());
        rules[1] = ("fallback", "$0.1 per request");
        Assert.Equal("exactly $0.1", Estimate(rules, "{\"duration\": \"5\"}").ToString());
    }

    [Theory]
    [InlineData("max_images", "$0.04", "{\"max_images\": 3}", "from $0.04 to $0.12")]
    [InlineData("num_results", "$0.04", "{\"num_results\": 3}", "from $0.04 to $0.12")]
    [InlineData("variation_count", "$0.04 per output", "{\"variation_count\": 3}", "from $0.04 to $0.12")]
    [InlineData("max_images", "$0.04 per image", "{\"max_images\": 3, \"num_images\": 2}", "from $0.08 to $0.24")]
    [InlineData("num_inference_steps", "$0.04", "{\"num_inference_steps\": 3}", "exactly $0.04")]
    public void Whatever_may_count_results_makes_a_range(string name, string price, string input, string expected)
    {
        var page = Page([("Rule 1", price)]).Replace("| fps | integer", $"| {name} | integer | No | 1 | 1–4 | - | | fps | integer");

        Assert.StartsWith(expected, Estimate(new Project([page]).Run(), input).ToString());
    }

    [Theory]
    [InlineData(CostUnit.Output, "{\"max_images\": 3}", "from $2 to $6")]
    [InlineData(CostUnit.Second, "{\"max_images\": 3, \"duration\": \"5\"}", "from $10 to $30")]
    [InlineData(CostUnit.Output, "{}", "exactly $2")]
    [InlineData(CostUnit.Job, "{\"max_images\": 3}", "exactly $2")]
    [InlineData(CostUnit.Output, "{\"fast\": true}", "unknown: fast is sent by ExtraProperties")]
    public void A_published_price_is_a_range_where_more_may_count_results(CostUnit unit, string input, string expected)
    {
        var document = TestFiles.FalOpenApi.Text;
        var place = document.IndexOf("\"duration\": {", document.IndexOf("Input\"", StringComparison.Ordinal), StringComparison.Ordinal);
        document = document.Insert(place, "\"max_images\": { \"type\": \"integer\", \"minimum\": 1, \"maximum\": 4, \"default\": 1 }, ");
        var assembly = new Project([TestFiles.FalOpenApi with { Text = document }]).Run().Load();
        var type = assembly.GetTypes().Single(type => type.Name == "Request" && typeof(IMeasuredRequest).IsAssignableFrom(type));
        var request = (IMeasuredRequest)System.Text.Json.JsonSerializer.Deserialize(input, type)!;

        Assert.StartsWith(expected, request.EstimateCost(new(2, "USD", "things", unit)).ToString());
    }

    [Theory]
    [InlineData("$0.04")]
    [InlineData("$0.04 per video")]
    [InlineData("$0.04 per second")]
    public void A_list_of_unknown_length_has_no_price(string price)
    {
        var page = Page([("Rule 1", price)]).Replace("| num_images | integer", "| size | integer").Replace("**Output Type:** video", "**Output Type:** array");

        Assert.EndsWith("no parameter states how many items the result has", Estimate(new Project([page]).Run(), "{\"duration\": \"5\"}").Reason);
    }

    [Theory]
    [InlineData("- **Charge Type:** dynamic ", " Note: doubles with audio.", "Note: doubles with audio.")]
    [InlineData("- **Charge Type:** dynamic ", " ### Add-ons | Condition | Pricing | |---|---| | fps > 30 | $0.5 |", "### Add-ons | Condition | Pricing")]
    [InlineData("- **Charge Type:** dynamic - **Pricing Details:** billed per second ", "", "billed per second")]
    [InlineData("- **Charge Type:** per_second ", "", "per_second")]
    [InlineData("All prices are those of a second. - **Charge Type:** dynamic ", "", "All prices are those of a second.")]
    [InlineData("- **Pricing Details:** $0.10 per second ", "", "$0.10 per second")]
    [InlineData("- **Pricing Details:** $0.20 ", "", "$0.20")]
    public void What_else_the_page_states_about_its_prices_leaves_the_cost_open(string before, string after, string stated)
    {
        foreach (var flat in new[] { true, false })
        {
            var text = before + "### Pricing Rules | Condition | Pricing | |---|---| | Rule 1 | $0.10 |" + after;
            if (!flat)
                text = text.Replace("| |", "|\n|").Replace("### Pricing Rules ", "\n### Pricing Rules\n").Replace("$0.10 | ", "$0.10 |\n\n") + "\n";
            var generated = new Project([WithPricing(text)]).Run();

            Assert.Contains("beside the rules", Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0056").GetMessage());
            Assert.StartsWith($"unknown: the page states '{stated}", Estimate(generated, "{}").ToString());
        }
    }

    [Theory]
    [InlineData("- **Pricing Details:** $0.10 ", "")]
    [InlineData("- **Pricing Details:** Price: $0.10 ", " --- ")]
    [InlineData("- **Charge Type:** dynamic - **Estimated Price (default example):** $0.10 ", "")]
    public void What_repeats_a_rule_changes_nothing(string before, string after) => Assert.Equal(
        "exactly $0.1",
        Estimate(new Project([WithPricing(before + "### Pricing Rules | Condition | Pricing | |---|---| | Rule 1 | $0.10 |" + after)]).Run(), "{}").ToString());

    [Fact]
    public void A_base_cost_that_repeats_no_rule_leaves_the_cost_open()
    {
        var page = Page([("Rule 1", "$0.10")]).Replace("- **Estimated Proc", "- **Base Cost:** $0.10 per megapixel - **Estimated Proc");

        Assert.StartsWith("unknown: the page states '$0.10 per megapixel' beside", Estimate(new Project([page]).Run(), "{}").ToString());
    }

    [Fact]
    public void Conditions_whose_bars_split_their_cells_leave_the_cost_open() => Assert.Equal(
        CostCertainty.Unknown,
        Estimate([("Rule 1", "$1"), ("resolution == \"480p\" || fps == 24", "$2")], "{}").Certainty);

    [Fact]
    public void Rules_that_the_page_ends_after_may_go_on()
    {
        var page = WithPricing("").Replace("## Pricing ", "");
        var cut = page with { Text = page.Text + " ## Pricing ### Pricing Rules | Condition | Pricing | |---|---| | Rule 1 | $0.10 |" };

        Assert.Equal("unknown: the page ends inside its price rules", Estimate(new Project([cut]).Run(), "{}").ToString());
    }

    [Theory]
    [InlineData("resolution == \"720p\"", "resolution == \"480p\"")]
    [InlineData("resolution == \"720p\"", "resolution != \"720p\"")]
    [InlineData("fps < 30", "fps >= 30")]
    [InlineData("fps <= 30", "fps == 31")]
    public void Rules_that_exclude_each_other_do_not_overlap(string one, string other)
    {
        var generated = new Project([Page([(one, "$1"), (other, "$2")])]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0129");
    }

    [Fact]
    public void A_value_that_is_not_documented_is_reported()
    {
        var diagnostics = new Project([Page([("resolution == \"720p\"", "$1"), ("resolution == \"2160p\"", "$2")])]).Run().Diagnostics;

        Assert.Equal(
            "The price rule 'resolution == \"2160p\": $2' is about '2160p', which is not a documented value of 'resolution'; it never applies to documented "
                + "values",
            Assert.Single(diagnostics, diagnostic => diagnostic.Id == "ZT0128").GetMessage());
    }

    [Theory]
    [InlineData("resolution != \"2160p\"", 0)]
    [InlineData("duration == \"5.0\"", 0)]
    [InlineData("resolution eq_i \"720P\"", 0)]
    [InlineData("resolution == \"720P\"", 1)]
    public void A_value_is_reported_only_where_its_rule_never_applies(string condition, int expected) => Assert.Equal(
        expected, new Project([Page([(condition, "$1")])]).Run().Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0128"));

    [Theory]
    [InlineData("| Condition | Pricing |", "| resolution == \"720p\" | $1 | | Rule 2 | $2 |")]
    [InlineData("| Rule | Condition | Price |", "| 1 | resolution == \"720p\" | $1 | | 2 | - | $2 |")]
    [InlineData("| Rule | Condition | Price |", "| HD | resolution == \"720p\" | $1 | | SD | default | $2 |")]
    [InlineData("| Rule | Price |", "| resolution == \"720p\" | $1 | | otherwise | $2 |")]
    public void Each_form_of_the_table_is_read_with_line_breaks_and_without(string head, string rows)
    {
        var separator = string.Concat(Enumerable.Repeat("|---", head.Count(c => c == '|') - 1)) + "|";
        foreach (var flat in new[] { true, false })
        {
            var table = $"{head} {separator} {rows}";
            var page = WithPricing("### Pricing Rules " + (flat ? table : "\n" + table.Replace("| |", "|\n|").Replace(head + " ", head + "\n").Replace(
                separator + " ", separator + "\n") + "\n"));
            var generated = new Project([page]).Run();

            Assert.Equal("exactly $1", Estimate(generated, "{}").ToString());
            Assert.Equal("exactly $2", Estimate(generated, "{\"resolution\": \"480p\"}").ToString());
        }
    }

    [Fact]
    public void A_page_without_rules_generates_nothing_for_them()
    {
        var generated = new Project([WithPricing("- **Charge Type:** dynamic - **Pricing Details:** $0.3 per second")]).Run();

        Assert.DoesNotContain("Costs", generated.Source(Type + ".g.cs"));
        Assert.Equal("unknown: no document of kling-o3-pro-image-to-video states its price as rules", Estimate(generated, "{}").ToString());
    }

    [Theory]
    [InlineData("| Condition | Tier | Pricing | |---|---|---| | x | y | z |")]
    [InlineData("| Condition | Condition | |---|---| | x | y |")]
    public void A_table_with_other_columns_is_reported(string table)
    {
        var generated = new Project([WithPricing("### Pricing Rules " + table)]).Run();

        Assert.Contains("its columns must be", Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0056").GetMessage());
        Assert.DoesNotContain("Costs", generated.Source(Type + ".g.cs"));
    }

    [Fact]
    public void Rules_cannot_inject_code()
    {
        Assert.Equal(CostCertainty.Unknown, Estimate([("resolution == \"a\\\");}}//\"", "$1 */ \" + x")], "{}").Certainty);
        Assert.Equal(
            "exactly $2",
            Estimate([("resolution == '\"); throw null; //'", "$2")], "{\"resolution\": \"\\\"); throw null; //\"}").ToString());
    }

    [Fact]
    public void The_rules_of_real_pages_are_understood_or_not_as_they_are()
    {
        var specs = TestFiles.Corpus("eachlabs-pages").Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "eachlabs")).ToArray();
        var assembly = new Project(specs).Run().Load();
        var endpoints = assembly.GetTypes().Select(type => type.GetProperty("Endpoint")?.GetValue(null)).OfType<Models.ModelEndpoint>().ToList();

        var estimates = endpoints.ToDictionary(endpoint => endpoint.Id, endpoint => endpoint.EstimateCost(RawJson.Parse("{}")));
        foreach (var (id, estimate) in estimates)
            output.WriteLine($"{id}: {estimate} [{estimate.Source}]");

        // The pages are cut inside their parameter tables, so that what the rules compare and multiply is not there.
        Assert.Equal(6, estimates.Values.Count(estimate => estimate.Reason!.StartsWith("no document of", StringComparison.Ordinal)));
        Assert.EndsWith("which is not understood", estimates["pixverse-c1-text-to-video"].Reason);
        Assert.EndsWith("'resolution' is not a parameter that can be compared", estimates["wan-v2-6-text-to-video"].Reason);
        Assert.EndsWith("no parameter states how many seconds the result lasts", estimates["bytedance-seedance-2-0-image-to-video"].Reason);
    }

    [Theory]
    [InlineData("wan-v2-6-text-to-video", "1080p", "{}", "exactly $2.25")]
    [InlineData("wan-v2-6-text-to-video", "1080p", "{\"resolution\": \"720P\", \"duration\": \"5\"}", "exactly $0.5")]
    [InlineData("bytedance-seedance-2-0-image-to-video", "720p", "{\"duration\": \"10\"}", "exactly $3.024")]
    [InlineData("bytedance-seedance-2-0-image-to-video", "720p", "{\"resolution\": \"480p\"}", "exactly $2.118")]
    public void The_rules_of_real_pages_are_computed_where_their_parameters_are_there(string id, string resolution, string input, string expected)
    {
        var text = File.ReadAllText(TestFiles.Corpus("eachlabs-pages").Single(path => Path.GetFileNameWithoutExtension(path) == id));
        // The rows that the copy of the page was cut before.
        var table = text.IndexOf("| prompt |", StringComparison.Ordinal);
        text = text[..table]
            + $"| duration | string | No | 15 | 5,10,15 | - | | resolution | string | No | {resolution} | 480p,720p,1080p | - | ## Usage Notes";
        var assembly = new Project([new Spec(id + ".md", text, "eachlabs")]).Run().Load();
        var endpoint = assembly.GetTypes().Select(type => type.GetProperty("Endpoint")?.GetValue(null)).OfType<Models.ModelEndpoint>().Single();

        Assert.Equal(expected, endpoint.EstimateCost(RawJson.Parse(input)).ToString());
        // The page's own example of its price.
        Assert.True(expected != "exactly $2.25" || text.Contains("**Estimated Price (default example):** $2.25", StringComparison.Ordinal));
    }

    private static CostEstimate Estimate((string, string)[] rules, string input) => Estimate(new Project([Page(rules)]).Run(), input);

    private static CostEstimate Estimate(Generated generated, string input) =>
        Generated.Endpoint(generated.Load(), Type).EstimateCost(RawJson.Parse(input));

    private static Spec Page((string Condition, string Price)[] rules) => WithPricing(
        "- **Charge Type:** dynamic ### Pricing Rules | Condition | Pricing | |---|---| " + string.Concat(
            rules.Select(rule => $"| {rule.Condition} | {rule.Price} | ")));

    private static Spec WithPricing(string pricing) => TestFiles.EachlabsPage
        .Replace("Pricing information not available.", pricing)
        .Replace("| shot_type | string", _parameters + "| shot_type | string");
}
