namespace Zoetrope.Specs.Rules;

/// <summary>
/// Decides whether a part of a sentence describes the member in plain words, "list of LoRA weights to apply", so that a limit beside it is one of the member.
/// </summary>
/// <param name="finding">The match.</param>
/// <param name="isOwn">Whether a word is of the name of the member.</param>
internal sealed class RuleDescription(RuleFinding finding, Func<RuleToken, bool> isOwn)
{
    private const int LongestDescription = 12;
    private const int LastOwn = 5;

    // Nouns for what is in a text, and for the files of a list, whatever the name of the member.
    private static readonly HashSet<string> _texts = new(StringComparer.Ordinal) { "text", "script", "lyrics", "content", "transcript" };
    private static readonly HashSet<string> _files = new(StringComparer.Ordinal) { "photos", "pictures", "keyframes", "files" };

    /// <summary>Whether tokens describe the member.</summary>
    /// <param name="words">The tokens.</param>
    /// <param name="mustName">Whether they must name it, as in front of a match.</param>
    public bool Describes(List<RuleToken> words, bool mustName)
    {
        if (words.Count > LongestDescription || (mustName && !IsAbout(words)))
            return false;
        if (words.Skip(1).Any(token => char.IsUpper(token.Text[0]) && !isOwn(token)) || RuleClauses.IsAdvice(words, isOfClause: false))
            return false;
        if (words.Exists(token => token.IsQuoted || token.Kind != RuleTokenKind.Word || token.Text.Any(char.IsDigit)))
            return false;
        if (words.Exists(token => RuleVocabulary.Doubtful.Contains(token.Lower) && (mustName || !token.Is("between"))))
            return false;
        return !words.Exists(IsValue) && !(mustName && (NamesAnother(Subject(words)) || words.Exists(IsOtherName)));
    }

    /// <summary>Whether all words of another member's name are there, and more than those that it shares with this one.</summary>
    public bool NamesAnother(List<RuleToken> words)
    {
        var said = RuleWords.Of(string.Join(" ", words.Select(token => token.Text)));
        return finding.Object.Members.Any(member => member != finding.Self && member.Words.Count > 0 && member.Words.TrueForAll(said.Contains)
            && !member.Words.TrueForAll(finding.Self.Words.Contains));
    }

    /// <summary>Whether the noun that is described is the member: "text prompt for …", and neither "prompt language" nor "words of the prompt".</summary>
    private bool IsAbout(List<RuleToken> words)
    {
        var own = words.FindIndex(token => IsNoun(token));
        if (own is < 0 or > LastOwn)
            return false;
        var link = words.FindLastIndex(own, token => RuleVocabulary.Links.Contains(token.Lower));
        if (link >= 0 && !(words[link].Is("of") && link > 0 && RuleVocabulary.Containers.Contains(words[link - 1].Lower)))
            return false;
        own = EndOfNoun(words, own);
        return own == words.Count || words[own].Lower is "to" or "for" or "of" or "used" or "as" or "describing";
    }

    /// <summary>The words up to what follows the noun: "text prompt", of "text prompt for image generation".</summary>
    private List<RuleToken> Subject(List<RuleToken> words) => words.GetRange(0, EndOfNoun(words, words.FindIndex(token => IsNoun(token))));

    private int EndOfNoun(List<RuleToken> words, int own)
    {
        while (own < words.Count && (IsNoun(words[own]) || RuleVocabulary.Containers.Contains(words[own].Lower)))
            own++;
        return own;
    }

    private bool IsNoun(RuleToken token) => isOwn(token) || (IsKind(token) && !finding.Object.Members.Any(member =>
        member != finding.Self && member.Words.Contains(RuleWords.Singular(token.Lower))));

    private bool IsKind(RuleToken token) => !token.IsQuoted && IsFirstSentence
        && (finding.Self.IsText ? _texts.Contains(token.Lower) : finding.Self is { IsList: true, IsFile: true } && _files.Contains(token.Lower));

    // A later sentence may be about a part of the text.
    private bool IsFirstSentence => finding.Self.Description!.TrimStart().StartsWith(finding.Sentence, StringComparison.Ordinal);

    private bool IsOtherName(RuleToken token) => finding.Object.Find(token.Text) is { } other && other != finding.Self && token.Text.IndexOf('_') >= 0;

    private bool IsValue(RuleToken token) => finding.Object.FindByValue(token.Text) is not null && !isOwn(token);
}
