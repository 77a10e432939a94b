using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class RuleSentenceTests
{
    [Theory]
    [InlineData("Either width or height must be provided, but not both.", ParameterRuleKind.ExactlyOne)]
    [InlineData("Text. Either `width` or `height` must be specified, not both. More.", ParameterRuleKind.ExactlyOne)]
    [InlineData("Exactly one of width, height must be set.", ParameterRuleKind.ExactlyOne)]
    [InlineData("At least one of width or height must be provided.", ParameterRuleKind.AtLeastOne)]
    [InlineData("Either width or height must be provided.", ParameterRuleKind.AtLeastOne)]
    [InlineData("Text\\n\\nEither width or\\nheight must\\nbe provided, but not both.", ParameterRuleKind.ExactlyOne)]
    [InlineData("Either width or height is required.", ParameterRuleKind.AtLeastOne)]
    [InlineData("Note: at least one of 'width' and 'height' must be given", ParameterRuleKind.AtLeastOne)]
    public void Rules_in_words_are_recognized(string description, ParameterRuleKind kind)
    {
        var rule = Assert.Single(Clean(WithDescription(description)).WordedRules());

        Assert.Equal(kind, rule.Kind);
        Assert.Equal(["width", "height"], rule.Parameters);
        Assert.Contains(rule.Text, description.Replace("\\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Either width or height may be provided.")]
    [InlineData("At least one image is required.")]
    [InlineData("At least one of the images must be provided.")]
    [InlineData("If width is given, at least one of width or height must be provided.")]
    [InlineData("Either width or height must be provided if there is no image.")]
    [InlineData("Either width or height must not be provided.")]
    [InlineData("Must EITHER be specified via width or via height.")]
    [InlineData("Either width or height must be even.")]
    public void Sentences_that_only_look_like_rules_are_left_alone(string description) =>
        Assert.Empty(Clean(WithDescription(description)).WordedRules());

    [Fact]
    public void A_rule_stated_at_several_parameters_counts_once_at_the_first()
    {
        const string Sentence = "At least one of width or height must be provided.";
        var text = WithInput("{\"properties\":{\"width\":{\"description\":\""
            + Sentence
            + "\"},\"height\":{\"description\":\"At least one of height or width must be provided.\"}}}");

        Assert.Equal("/components/schemas/Input/properties/width", Assert.Single(Clean(text).WordedRules()).Pointer);
    }

    [Fact]
    public void A_rule_about_an_unknown_parameter_is_reported_and_not_enforced()
    {
        var text = WithDescription("Either width or story_board must be provided.");

        Assert.Empty(Endpoint(text).WordedRules());
        var statement = Assert.Single(RuleReader.Read(Endpoint(text).Input!, _ => null, () => []));
        Assert.Equal((RuleOutcome.NotEnforced, "'story_board' is not a member here"), (statement.Outcome, statement.Reason));
        Assert.Equal("\"width\"", LocatedText(text, statement.Pointer));
    }

    private static string WithDescription(string description) =>
        WithInput("{\"properties\":{\"width\":{\"description\":\"" + description + "\"},\"height\":{\"type\":\"integer\"}}}");
}
