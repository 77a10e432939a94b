using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Numbers of any size in what rules are evaluated on.</summary>
public class RuleEvaluatorTests
{
    [Fact]
    public void A_default_whose_area_no_decimal_holds_breaks_a_rule_and_nothing_else()
    {
        var statement = Assert.Single(RuleSample.Read(
            "image_size", "The total number of pixels must not exceed 2048x2048.", "", ("\"default\": \"wide\"", "\"default\": {\"width\": 1e20, \"height\": 1e20}")));

        Assert.Equal((RuleOutcome.NotEnforced, "the defaults of the document break it"), (statement.Outcome, statement.Reason));
    }

    [Theory]
    [InlineData(ParameterRuleKind.Value, """{"a":1e300}""", true)]
    [InlineData(ParameterRuleKind.Value, """{"a":-1e300}""", false)]
    [InlineData(ParameterRuleKind.Area, """{"a":[1e300,1e300]}""", true)]
    [InlineData(ParameterRuleKind.Sides, """{"a":{"width":1e300,"height":1}}""", true)]
    [InlineData(ParameterRuleKind.Aspect, """{"a":{"width":1e300,"height":1}}""", true)]
    [InlineData(ParameterRuleKind.Sum, """{"a":[{"b":1e300},{"b":1e300}]}""", true)]
    [InlineData(ParameterRuleKind.Sum, """{"a":[{"b":14.3},{"b":5.4},{"b":5.3}]}""", false)]
    public void Values_of_any_size_are_compared(ParameterRuleKind kind, string json, bool isBroken) =>
        Assert.Equal(isBroken, RuleEvaluator.IsBroken(Rule(kind) with { Range = new() { Maximum = 25 }, Inner = "b" }, json));

    [Fact]
    public void An_offset_of_any_size_is_added() =>
        Assert.True(RuleEvaluator.IsBroken(Rule(ParameterRuleKind.SameCount, "b") with { Offset = int.MaxValue }, """{"a":[1],"b":[1]}"""));

    private static ParameterRule Rule(ParameterRuleKind kind, params string[] others) => new(kind, new([.. others.Prepend("a")]), "", "");
}
