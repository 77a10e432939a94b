using Zoetrope.RuleBar;

namespace Zoetrope.Specs.Tests;

/// <summary>The labeled sentences of the corpus.</summary>
public class RuleBarTests
{
    [Fact]
    public void Nothing_is_enforced_that_the_labels_do_not_say_and_most_hard_rules_are()
    {
        var judged = Bar.Judge(TestKit.Corpus.PathOf("rules.jsonl"), TestKit.Corpus.PathOf("fal-openapi"));

        Assert.DoesNotContain(judged, one => one.Verdict == Verdict.Wrong);
        Assert.Equal(1, Bar.Precision(judged));
        Assert.True(Bar.Recall(judged) >= 0.9, $"recall {Bar.Recall(judged)}");
    }
}
