using Zoetrope.Specs.Rules;

namespace Zoetrope.Specs.Tests;

/// <summary>Every row of the table of forms, by its own examples.</summary>
public class RuleFormTests
{
    public static TheoryData<string> Rows => [.. RuleForms.All.Select(form => form.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_form_reads_its_examples(string name)
    {
        var form = RuleForms.All.Single(one => one.Name == name);

        Assert.NotEmpty(form.Examples);
        foreach (var example in form.Examples)
        {
            var statements = RuleSample.Read(example.Member, example.Sentence);

            Assert.True(example.Formula == RuleSample.Formulas(statements), $"{example.Sentence}\nexpected {example.Formula}\nread     {Show(statements)}");
            Assert.All(statements.Take(1), one => Assert.Equal(form.IsSoft ? RuleOutcome.Advice : RuleOutcome.Enforced, one.Outcome));
        }
    }

    private static string Show(IEnumerable<RuleStatement> statements) =>
        string.Join("; ", statements.Select(one => $"{one.Outcome} {one.Rule?.Formula} {one.Reason}"));
}
