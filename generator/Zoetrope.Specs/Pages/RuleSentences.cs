using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>
/// Recognises rules between parameters that descriptions state in words, such as "Either prompt or multi_prompt must be provided, but not
/// both." A sentence that only looks like a rule is left alone: what is enforced here keeps a request from being sent.
/// </summary>
internal static class RuleSentences
{
    private const int LongestSentence = 400;

    private static readonly string[] _openings = ["either ", "exactly one of ", "only one of ", "at least one of ", "one of "];

    private static readonly string[] _given = ["provided", "specified", "given", "set", "supplied", "present"];

    private static readonly string[] _conditions = [" not be ", " if ", " when ", " unless "];

    /// <summary>Finds the rules in the descriptions of <paramref name="parameters"/>, each once, at the first parameter that states it.</summary>
    public static EquatableArray<ParameterRule> Find(EquatableArray<SchemaProperty> parameters, List<SpecProblem> problems)
    {
        var names = new HashSet<string>(parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<ParameterRule>();
        foreach (var parameter in parameters)
        {
            if (parameter.Schema.Description is not { } description)
                continue;
            foreach (var sentence in Sentences(description))
            {
                if (Parse(sentence, names, parameter.Schema.Pointer, problems) is not { } rule)
                    continue;
                var sorted = rule.Parameters.OrderBy(name => name, StringComparer.Ordinal);
                if (found.Add(rule.Kind + ":" + string.Join(",", sorted)))
                    rules.Add(rule);
            }
        }
        return rules.ToEquatableArray();
    }

    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // A sentence goes on after a line break, but not after an empty line or into a list.
            var ends = text[i] == '\n' ? i + 1 < text.Length && text[i + 1] is '\n' or '-'
                : text[i] is '.' or '!' or ';' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]));
            if (!ends && i + 1 < text.Length)
                continue;
            var sentence = i + 1 - start <= LongestSentence ? PageText.Collapse(text, start, i + 1) : "";
            start = i + 1;
            if (sentence.Length > 0)
                yield return sentence;
        }
    }

    private static ParameterRule? Parse(string sentence, HashSet<string> names, string pointer, List<SpecProblem> problems)
    {
        var (opening, listStart) = FindOpening(sentence);
        if (opening is null)
            return null;
        var listEnd = IndexOfAny(sentence, listStart, " must ", " is required", " are required", " has to be ");
        if (listEnd < 0)
            return null;
        var tail = sentence.Substring(listEnd);
        // "must be even" says something else, and a condition is more than can be checked here.
        if ((Has(tail, " must ") && !Array.Exists(_given, word => Has(tail, word))) || Array.Exists(_conditions, word => Has(tail, word)))
            return null;

        var listed = ListedNames(sentence.Substring(listStart, listEnd - listStart));
        var unknown = listed.Find(name => !names.Contains(name));
        if (unknown is not null)
        {
            // Prose ("at least one image or video") names no parameter at all; a rule with a misspelled one is worth a report.
            if (listed.Exists(names.Contains))
                problems.Add(Problems.PageRuleUnknown.AtPointer(pointer, sentence, unknown));
            return null;
        }
        if (listed.Count < 2)
            return null;
        var isExact = opening is "exactly one of " or "only one of " || (opening == "either " && (Has(tail, "not both") || Has(tail, "never both")));
        return new(isExact ? ParameterRuleKind.ExactlyOne : ParameterRuleKind.AtLeastOne, listed.ToEquatableArray(), sentence, pointer);
    }

    private static (string? Opening, int ListStart) FindOpening(string sentence)
    {
        foreach (var opening in _openings)
        {
            var place = sentence.IndexOf(opening, StringComparison.OrdinalIgnoreCase);
            // A condition before it ("If audio is provided, at least one …") is more than can be checked here.
            if (place == 0 || (place > 0 && sentence[place - 1] == ' ' && place >= 2 && sentence[place - 2] == ':'))
                return (opening, place + opening.Length);
        }
        return (null, 0);
    }

    private static List<string> ListedNames(string list)
    {
        var names = new List<string>();
        foreach (var word in list.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "or" or "and" or "the" or "and/or")
                continue;
            names.Add(word.Trim('`', '\'', '"'));
        }
        return names;
    }

    private static int IndexOfAny(string text, int start, params string[] phrases)
    {
        var first = -1;
        foreach (var phrase in phrases)
        {
            var place = text.IndexOf(phrase, start, StringComparison.OrdinalIgnoreCase);
            if (place >= 0 && (first < 0 || place < first))
                first = place;
        }
        return first;
    }

    private static bool Has(string text, string phrase) => text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase) >= 0;
}
