using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;

namespace Zoetrope.RuleBar;

/// <summary>How a label and what was read of its sentence compare.</summary>
public enum Verdict
{
    /// <summary>The rule is enforced as the label says.</summary>
    Found,

    /// <summary>Soft words are a warning, as they should be.</summary>
    Advised,

    /// <summary>The rule is not enforced.</summary>
    Missed,

    /// <summary>There is no rule, and none is enforced.</summary>
    LeftAlone,

    /// <summary>Something is enforced that the label does not say.</summary>
    Wrong,
}

/// <summary>A label with what was read of its sentence.</summary>
public sealed record Judged(string Document, string Property, string Sentence, bool IsHard, Verdict Verdict, string Expected, string Found);

/// <summary>Holds a file of labeled sentences against what is read of their documents.</summary>
public static class Bar
{
    /// <summary>The least recall of hard rules that is expected of documents that nobody read before.</summary>
    public const double LeastRecall = 0.8;

    /// <summary>Judges every label.</summary>
    /// <param name="labels">The file.</param>
    /// <param name="documents">The folder of the documents.</param>
    public static IReadOnlyList<Judged> Judge(string labels, string documents)
    {
        var read = new Dictionary<string, List<RuleStatement>>(StringComparer.Ordinal);
        var judged = new List<Judged>();
        foreach (var label in File.ReadLines(labels).Where(line => line.Length > 0).Select(LabeledRule.Parse))
        {
            if (!read.TryGetValue(label.Document, out var statements))
                read.Add(label.Document, statements = DocumentRules.OfEndpoint(File.ReadAllText(Path.Combine(documents, label.Document))));
            judged.Add(Judge(label, statements));
        }
        return judged;
    }

    /// <summary>The part of what is enforced that the labels say; 1 where nothing is wrong.</summary>
    public static double Precision(IReadOnlyList<Judged> judged) =>
        Share(judged.Count(one => one.Verdict is Verdict.Found or Verdict.Advised), judged.Count(one => one.Verdict == Verdict.Wrong));

    /// <summary>The part of the hard rules that is enforced.</summary>
    public static double Recall(IReadOnlyList<Judged> judged) =>
        Share(judged.Count(one => one.IsHard && one.Verdict == Verdict.Found), judged.Count(one => one.IsHard && one.Verdict != Verdict.Found));

    private static double Share(int good, int bad) => good + bad == 0 ? 1 : (double)good / (good + bad);

    private static Judged Judge(LabeledRule label, List<RuleStatement> statements)
    {
        var sentence = Plain(label.Sentence);
        var own = statements
            .Where(one => one.Member == label.Property
                && (label.Schema is null || one.Pointer.Contains("/schemas/" + label.Schema + "/", StringComparison.Ordinal))
                && Plain(one.Text) is var text && (sentence.Contains(text, StringComparison.Ordinal) || text.Contains(sentence, StringComparison.Ordinal)))
            .ToList();
        var active = own.Where(one => one.Outcome is RuleOutcome.Enforced or RuleOutcome.Advice && one.Rule!.Kind != ParameterRuleKind.File).ToList();
        var found = active.Select(one => one.Rule!.Formula).Order(StringComparer.Ordinal).ToList();
        var shown = string.Join("; ", own.Select(one =>
            $"{one.Outcome}: {one.Rule?.Formula ?? "-"}{(one.Reason.Length > 0 ? " (" + one.Reason + ")" : "")}"));
        var expected = label.Formulas is { } formulas ? formulas.Order(StringComparer.Ordinal).ToList() : [];
        return new(label.Document, label.Property, label.Sentence, label.IsHard, Compare(label, active, found, expected), string.Join("; ", expected), shown);
    }

    private static Verdict Compare(LabeledRule label, List<RuleStatement> active, List<string> found, List<string> expected)
    {
        if (label.Formulas is null)
            return found.Count == 0 ? Verdict.LeftAlone : Verdict.Wrong;
        // Another rule of the same sentence has a label of its own, or none because the schema says it.
        if (!expected.TrueForAll(one => found.Exists(other => IsSame(one, other))))
            return found.Count == 0 || found.TrueForAll(one => !IsSubject(one, expected)) ? Verdict.Missed : Verdict.Wrong;
        var isEnforced = active.Exists(one => one.Outcome == RuleOutcome.Enforced && expected.Exists(other => IsSame(other, one.Rule!.Formula)));
        return !isEnforced ? label.IsHard ? Verdict.Missed : Verdict.Advised : label.IsHard ? Verdict.Found : Verdict.Wrong;
    }

    private static bool IsSame(string one, string other) => string.Join(' ', Sorted(one)) == string.Join(' ', Sorted(other));

    /// <summary>Whether a rule is about what a label is about, with other limits.</summary>
    private static bool IsSubject(string formula, List<string> expected) =>
        expected.Exists(one => formula.Split(')')[0] == one.Split(')')[0] || Sorted(formula).Intersect(Sorted(one), StringComparer.Ordinal).Count() > 1);

    // The order of members in a set says nothing.
    private static IEnumerable<string> Sorted(string formula) =>
        formula.Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private static string Plain(string text) => string.Join(' ', text.Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
