using System.Text.RegularExpressions;
using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Finds the sentence of a description that calls its own thing deprecated, and the one that names what to use instead. A sentence counts by its whole form
/// ("Deprecated: …", "[Deprecated]", "Deprecated since 2.0", "This field is deprecated and …"), never by the word alone: descriptions also list values of that
/// name, say what becomes deprecated when, or are about other things.
/// </summary>
internal static class DeprecationWords
{
    /// <summary>How a sentence goes on about a deprecation, instead of limiting it ("… for new users", "… if …").</summary>
    private const string More = @"(?:in\s+(?:favou?r\s+of|v?\d|version)|since|as\s+of|use|please|replaced|superseded|see|will|has|had|do\s+not|don't"
        + @"|no\s+longer|prefer|switch|migrate|instead|kept|ignored|because|due\s+to|and|but)\b";

    private const string This = @"this(?:\s+(?:api|input|output|query|body|path|header|request|response|legacy|old|older|optional|public|model))*"
        + @"(?:\s+(?:parameter|param|field|member|property|option|argument|setting|attribute|endpoint|model|operation|method|route|call|api|type|object"
        + @"|schema))?(?:\s+[`'""][^`'""]+[`'""])?\s+(?:is|was|has\s+been)\s+(?:now\s+|also\s+)?[*_]*deprecated\b[*_]*";

    private static readonly Regex _sentences = Make(
        @"(?<=[.!?][*_)\]]{0,3})(?<!\b(?:e\.g|i\.e|vs|etc|cf|resp)\.)\s+|\s*\n\s*\n\s*"
        + @"|\s*\n\s*(?=[-*•]\s|[*_\[(]*deprecated\b|[\w`'""*\-]+\s*:)");

    /// <summary>What may precede the marker: a sign, or a word that calls for attention.</summary>
    private static readonly Regex _signs = Make(
        @"^(?:[\p{So}\p{Cs}\uFE0F>#\s]|:\w+:)*[*_]*(?:(?:warning|note|notice|important|attention|caution)[*_]*\s*[:!][*_]*\s*)?");

    private static readonly Regex _label = Make(
        @"^[*_]*(?:[\[(]deprecated[\])]|[\[(]?[*_]*deprecated[*_]*(?:[*_)\]]*$|[.!;](?=[\s*_)\]]|$)|:(?!\s*(?:false|no|none|never|not|n/a)\b)"
        + @"|\s+[-\u2013\u2014]+\s|\s*\u2014|,\s+(?=" + More + @")|\s+\((?=" + More + @")"
        + @"|\s+(?=in\s+(?:favou?r\s+of|v?\d|version\b)|since\b|as\s+of\b|use\b.*\binstead\b"
        + @"|and\s+(?:will|should|must|no\s+longer|not|has|ignored|replaced)\b)))");

    private static readonly Regex _this = Make(
        "^" + This + @"(?:[*_)\]]*$|[.!;:]|,\s+" + More + @"|\s+[-\u2013\u2014]|\s*\u2014|\s+\(|\s+" + More + ")");

    private static readonly Regex _continues = Make(@"^(?:please|use|it|see|instead|prefer|switch|migrate|replaced|superseded|kept)\b");

    /// <summary>One of several words that are explained, or only listed.</summary>
    private static readonly Regex _entry = Make(@"^[-*•\s]*[`'""*_]*(?<word>\w[\w\-]*)[`'""*_]*\s*(?:[:=]|[.!]?$)");

    /// <summary>Words that stand before a colon, or alone, in the description of anything.</summary>
    private static readonly HashSet<string> _usual = new(StringComparer.OrdinalIgnoreCase)
    {
        "default", "defaults", "note", "notes", "example", "examples", "type", "format", "range", "unit", "units", "min", "max", "minimum", "maximum",
        "allowed", "values", "required", "optional", "warning", "important", "tip", "see", "replacement", "instead", "alternative", "since", "reason",
        "migration",
        "accepted", "supported", "options", "limit", "limits", "nullable", "internal", "experimental", "beta", "unused", "ignored", "legacy", "deprecated",
    };

    private static readonly Regex _strict = Make(
        @"\b(?:use|using|used)\b.*\binstead\b|\binstead\b.*\buse\b"
        + @"|\b(?:replaced\s+(?:by|with)|superseded\s+by|in\s+favou?r\s+of|switch\s+to|migrate\s+to|moved\s+to)\b");

    /// <summary>What names something right after the marker: a quoted name, a path, a name of several words, or one word that ends the sentence.</summary>
    private static readonly Regex _use = Make(
        @"^(?:please\s+)?(?:use|prefer|see)\s+(?:the\s+)?(?:new\s+)?(?:[`'""\[/]|\w+[_/.\-]\w|\w+\s*[.!]?$)");

    /// <summary>Whether a description calls its thing deprecated, and what it says to use instead.</summary>
    /// <exception cref="RegexMatchTimeoutException">The text is too odd.</exception>
    public static (bool IsMarked, string? Instead) Read(string description)
    {
        var sentences = _sentences.Split(description).Select(DocumentText.Flatten).Where(sentence => sentence.Length > 0)
            .Select(sentence => _signs.Replace(sentence, "")).ToList();
        var marker = Enumerable.Range(0, sentences.Count).Where(index => IsMarker(sentences, index)).DefaultIfEmpty(-1).First();
        return (marker >= 0, InsteadOf(sentences, marker));
    }

    private static bool IsMarker(List<string> sentences, int index)
    {
        var sentence = sentences[index];
        if (_this.IsMatch(sentence))
            return index == 0 || index == sentences.Count - 1 || _continues.IsMatch(sentences[index + 1]);
        if (!_label.IsMatch(sentence))
            return false;
        // "Active: … Deprecated: …" explains values. What a description begins with, and what names a replacement, does not.
        return (index == 0 && _strict.IsMatch(sentence)) || !sentences.Exists(IsEntry);
    }

    private static bool IsEntry(string sentence) => _entry.Match(sentence) is { Success: true } entry && !_usual.Contains(entry.Groups["word"].Value);

    /// <summary>The sentence that names something else to use, without the label in front: the marker, or one after it.</summary>
    private static string? InsteadOf(List<string> sentences, int marker)
    {
        for (var i = Math.Max(marker, 0); i < sentences.Count; i++)
        {
            var plain = WithoutEnd(_label.Replace(sentences[i], "").Trim());
            var isNear = marker >= 0 && i <= marker + 1;
            if (plain.Length > 0 && (_strict.IsMatch(plain) || (isNear && _use.IsMatch(plain))))
                return Summaries.Sentence(plain);
        }
        return null;
    }

    private static Regex Make(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The text without the end of parentheses that began in the label.</summary>
    private static string WithoutEnd(string text)
    {
        var end = text.LastIndexOfAny([')', ']']);
        return end >= 0 && text.IndexOfAny(['(', '[']) < 0 ? text.Remove(end, 1) : text;
    }
}
