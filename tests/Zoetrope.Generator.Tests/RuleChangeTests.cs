using Zoetrope.Generator.Changes;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Generator.Tests;

/// <summary>Changes of rules that documents state in words are breaking only where a request that was valid can break them.</summary>
public class RuleChangeTests
{
    private const string Only5 = "1080p videos are limited to 5 seconds";
    private const string Only5Or8 = "1080p videos are limited to 5 or 8 seconds";

    [Theory]
    [InlineData("5 8 10", Only5, "5 8 10", Only5Or8, false)]
    [InlineData("5 8 10", Only5Or8, "5 8 10", Only5, true)]
    [InlineData("5 8 10", "", "5 8 10", Only5Or8, true)]
    [InlineData("5 8", "", "5 8 10", Only5Or8, false)]
    [InlineData("5 8 10", Only5Or8, "5 8 10", "", false)]
    [InlineData("5 8", Only5, "5 8 10", Only5Or8, false)]
    public void A_rule_about_values_is_stricter_only_where_it_forbids_what_was_valid(
        string former, string formerWords, string latter, string latterWords, bool isBreaking)
    {
        var diff = Between(Document(former, formerWords), Document(latter, latterWords));

        Assert.Contains(diff.Changes, change => change.Area == ChangeArea.Validation && change.Message.Contains("if resolution in 1080p", StringComparison.Ordinal));
        Assert.Equal(isBreaking, diff.Changes.Any(change => change is { Impact: ChangeImpact.Breaking, Area: ChangeArea.Validation }));
    }

    [Theory]
    [InlineData("720p", "", false)]
    [InlineData("720p 1080p", "", true)]
    [InlineData("720p", "1080p", true)]
    public void A_rule_whose_condition_could_not_hold_is_not_stricter(string former, string newDefault, bool isBreaking)
    {
        var diff = Between(Document("5 8", "", former), Document("5 8", Only5, "720p 1080p", newDefault));

        Assert.Equal(isBreaking, diff.Changes.Any(change => change is { Impact: ChangeImpact.Breaking, Area: ChangeArea.Validation }));
    }

    [Fact]
    public void A_rule_is_located_at_the_schema_of_its_request()
    {
        var latter = Document("5 8", Only5);

        var change = Assert.Single(Between(Document("5 8", ""), latter).Changes, change => change.Area == ChangeArea.Validation);

        Assert.Contains("{", latter.Split('\n')[change.Start.Line - 1], StringComparison.Ordinal);
        Assert.True(change.Start.Line > 1, "The position is that of the whole document.");
    }

    private static SpecDiff Between(string former, string latter) =>
        SpecDiff.Between([new("fal/a.json", former, "fal")], [new("fal/a.json", latter, "fal")], TestContext.Current.CancellationToken);

    private static string Document(string durations, string words, string resolutions = "720p 1080p", string resolution = "") => Documents.FalOpenApi("fal-ai/rules", $$"""
        {
          "resolution": {"type": "string", "enum": [{{Values(resolutions)}}]{{(resolution.Length > 0 ? $", \"default\": \"{resolution}\"" : "")}}},
          "duration": {"type": "string", "enum": [{{Values(durations)}}], "description": "{{words}}"}
        }
        """).Text;

    private static string Values(string words) => string.Join(", ", words.Split(' ').Select(word => $"\"{word}\""));
}
