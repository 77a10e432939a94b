using System.Text.RegularExpressions;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads the rows of a table of price rules. What is not surely understood becomes a rule with a problem.</summary>
internal sealed class PriceRuleReader
{
    private static readonly Regex _fallback = new("""^(?:rule\s*\d*|default|fallback|otherwise|else|always|any|all(?:\s+other)?s?)?$""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    // The parameters that have a value, by what the page documents or what one of its rules compares.
    private readonly Dictionary<string, HashSet<string>> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Knows the values of the input and of all conditions, which prices can be labeled with.</summary>
    /// <param name="input">The input; null where the page has none.</param>
    /// <param name="conditions">The conditions of the table.</param>
    public PriceRuleReader(Schema? input, List<string> conditions)
    {
        foreach (var property in input?.Properties ?? default)
        {
            foreach (var value in property.Schema.Enum)
                AddOwner(value.Text, property.Name);
            if (property.Schema.Default is { } standard)
                AddOwner(standard.Text, property.Name);
        }
        foreach (var condition in conditions.Where(condition => !_fallback.IsMatch(condition)))
        {
            foreach (var test in TestsOf(condition))
            {
                foreach (var value in test.Values)
                    AddOwner(value, test.Parameter);
            }
        }
    }

    /// <summary>Reads a rule.</summary>
    /// <param name="pointer">Where the page states it.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="price">The price.</param>
    public PriceRule Read(string pointer, string condition, string price)
    {
        var isFallback = _fallback.IsMatch(condition);
        var rule = new PriceRule(pointer, isFallback ? price : condition + ": " + price) { IsFallback = isFallback };
        string? quantity = null;
        if (!isFallback)
        {
            try
            {
                rule = rule with { Cases = PriceConditions.Read(condition, out quantity) };
            }
            catch (FormatException exception)
            {
                return rule with { IsConditionKnown = false, Problem = "of its condition, " + exception.Message };
            }
        }
        try
        {
            var read = PriceTexts.Read(price, quantity, IsValue, out var label);
            if (quantity is not null && read.Per is PricePer.Second or PricePer.Job)
                return rule with { Problem = $"its price is one of a {read.Per.ToString().ToLowerInvariant()}, and its condition one of each of {quantity}" };
            rule = rule with { Price = read, Label = TestsOf(label, rule.Cases) };
            // For other values, a rule without a condition leaves the cost open only where no other rule applies.
            return rule is { IsFallback: false, Cases.Count: 0, Label.Count: > 0 }
                ? rule with { Price = null, Problem = $"its price is one of '{string.Join(", ", label)}', and its condition one of all values" }
                : rule;
        }
        catch (FormatException exception)
        {
            return rule with { Problem = "of its price, " + exception.Message };
        }
    }

    /// <summary>Reads a price that is stated outside of the rules; null where it is not understood, or one of some values only.</summary>
    public RulePrice? ReadPrice(string price)
    {
        try
        {
            return PriceTexts.Read(price, null, IsValue, out _);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<PriceTest> TestsOf(string condition)
    {
        try
        {
            return PriceConditions.Read(condition, out _).SelectMany(one => one.Tests);
        }
        catch (FormatException)
        {
            // The rule itself is reported when it is read.
            return [];
        }
    }

    private bool IsValue(string text) => _owners.ContainsKey(text);

    private void AddOwner(string value, string parameter)
    {
        if (!_owners.TryGetValue(value, out var owners))
            _owners.Add(value, owners = new(StringComparer.Ordinal));
        owners.Add(parameter);
    }

    /// <summary>The tests that a label stands for: those that the condition does not make already.</summary>
    private EquatableArray<PriceTest> TestsOf(string[] label, EquatableArray<PriceCase> cases)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var value in label)
        {
            var owners = _owners[value];
            var tested = owners.Where(owner => cases.Any(one => one.Tests.Any(test => test.Parameter == owner))).ToList();
            if (owners.Count != 1 && tested.Count != 1)
                throw new FormatException($"it is not clear which parameter its '{value}' is about");
            var name = tested.Count == 1 ? tested[0] : owners.First();
            if (!values.TryGetValue(name, out var known))
                values.Add(name, known = []);
            known.Add(value);
        }
        return values.Select(one => new PriceTest(one.Key, PriceOperator.IsIgnoringCase, one.Value.ToEquatableArray()))
            .Where(test => cases.Count == 0 || !cases.All(one => one.Tests.Any(other => Implies(other, test)))).ToEquatableArray();
    }

    private static bool Implies(PriceTest test, PriceTest label) => test.Parameter == label.Parameter
        && test.Operator is PriceOperator.Is or PriceOperator.IsIgnoringCase
        && test.Values.All(value => label.Values.Contains(value, StringComparer.OrdinalIgnoreCase));
}
