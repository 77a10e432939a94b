namespace Zoetrope.Specs.Rules;

/// <summary>
/// A pattern of tokens. Words and signs stand for themselves; <c>[a|b c]</c> is optional, <c>(a|b c)</c> one of several, <c>lp</c> and <c>rp</c> are
/// parentheses, <c>^</c> and <c>$</c> the ends of the sentence, <c>..</c> up to three words, <c>...</c> any number of tokens. Captures, each with a name of its
/// own after a colon where there are several: <c>{n}</c> a number, <c>{size}</c> 512x512, <c>{ratio}</c> 16:9 or 1.5, <c>{name}</c> a member, <c>{names}</c>
/// several, <c>{formats}</c> formats of files, <c>{value}</c> and <c>{values}</c>, <c>{words}</c> up to seven words.
/// </summary>
internal sealed class RulePattern
{
    private const int MostFillers = 3;
    private const int MostTokens = 60;
    private const int MostWords = 7;

    private readonly Node _root;

    private RulePattern(Node root) => _root = root;

    private delegate bool Step(Matching matching, int at, Func<int, bool> next);

    /// <summary>
    /// The words and signs with one of which every match begins; <c>#</c> is a number, and empty means anything at the beginning of the sentence.
    /// </summary>
    public IEnumerable<string> First => _root.First.Distinct(StringComparer.Ordinal);

    /// <summary>What every match has: of each list one of the words and signs; <c>#</c> is a number.</summary>
    public IReadOnlyList<string[]> Needs => _root.Needs;

    /// <summary>Reads a pattern.</summary>
    public static RulePattern Of(string pattern)
    {
        foreach (var sign in new[] { "(", ")", "[", "]", "|" })
            pattern = pattern.Replace(sign, " " + sign + " ");
        var parts = pattern.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var at = 0;
        var root = ReadChoice(parts, ref at);
        return at == parts.Length ? new(root) : throw new ArgumentException("The pattern has an unmatched sign: " + pattern, nameof(pattern));
    }

    /// <summary>Matches at one position; null where it does not match.</summary>
    /// <param name="tokens">The sentence.</param>
    /// <param name="at">The position.</param>
    /// <param name="isName">Whether a token is the name of a member.</param>
    public RuleCaptures? Match(List<RuleToken> tokens, int at, Func<RuleToken, bool> isName)
    {
        var matching = new Matching(tokens, isName);
        var end = -1;
        return _root.Match(matching, at, last => (end = last) >= 0) ? new(tokens, matching.Captured, at, end) : null;
    }

    private static Node ReadChoice(string[] parts, ref int at)
    {
        var choices = new List<Node> { ReadSequence(parts, ref at) };
        while (at < parts.Length && parts[at] == "|")
        {
            at++;
            choices.Add(ReadSequence(parts, ref at));
        }
        if (choices.Count == 1)
            return choices[0];
        return new(
            [.. choices.SelectMany(choice => choice.First)], choices.Exists(choice => choice.CanBeEmpty),
            (matching, start, next) => choices.Exists(choice => choice.Match(matching, start, next)))
        {
            Needs = choices.Exists(choice => choice.Needs.Count == 0) ? []
                : [[.. choices.SelectMany(choice => choice.Needs.OrderBy(RuleTriggers.Frequency).First()).Distinct()]],
        };
    }

    private static Node ReadSequence(string[] parts, ref int at)
    {
        var nodes = new List<Node>();
        while (at < parts.Length && parts[at] is not ("|" or ")" or "]"))
            nodes.Add(ReadNode(parts, ref at));
        var first = new List<string>();
        foreach (var node in nodes)
        {
            first.AddRange(node.First);
            if (!node.CanBeEmpty)
                break;
        }
        return new([.. first], nodes.TrueForAll(node => node.CanBeEmpty), (matching, start, next) => MatchAll(nodes, 0, matching, start, next))
        {
            Needs = [.. nodes.SelectMany(node => node.Needs)],
        };
    }

    private static bool MatchAll(List<Node> nodes, int index, Matching matching, int at, Func<int, bool> next) =>
        index == nodes.Count ? next(at) : nodes[index].Match(matching, at, after => MatchAll(nodes, index + 1, matching, after, next));

    private static Node ReadNode(string[] parts, ref int at)
    {
        var part = parts[at++];
        if (part is not ("(" or "["))
            return Leaf(part);
        var inner = ReadChoice(parts, ref at);
        at++;
        return part == "(" ? inner : new(inner.First, true, (matching, start, next) => inner.Match(matching, start, next) || next(start));
    }

    private static Node Leaf(string part) => part switch
    {
        "^" => new([], true, static (_, at, next) => at == 0 && next(at)),
        "$" => new([], true, static (matching, at, next) => at == matching.Tokens.Count && next(at)),
        ".." => new([""], true, static (matching, at, next) => Skip(matching, at, MostFillers, onlyWords: true, next)),
        "..." => new([""], true, static (matching, at, next) => Skip(matching, at, MostTokens, onlyWords: false, next)),
        "lp" => Word("("),
        "rp" => Word(")"),
        _ when part[0] == '{' => Capture(part.Trim('{', '}').Split(':')),
        _ => Word(part),
    };

    private static Node Word(string word) =>
        new([word], false, (matching, at, next) => at < matching.Tokens.Count && matching.Tokens[at].Is(word) && next(at + 1)) { Needs = [[word]] };

    private static bool Skip(Matching matching, int at, int most, bool onlyWords, Func<int, bool> next)
    {
        for (var i = at; i <= at + most && i <= matching.Tokens.Count; i++)
        {
            if (next(i))
                return true;
            if (i == matching.Tokens.Count || (onlyWords && matching.Tokens[i].Kind != RuleTokenKind.Word))
                return false;
        }
        return false;
    }

    private static Node Capture(string[] parts)
    {
        var (type, name) = (parts[0], parts[parts.Length - 1]);
        string[] first = type is "n" or "size" or "ratio" ? ["#"] : [""];
        return new(first, false, (matching, at, next) => Ends(type, matching, at).Any(end => matching.Try(name, at, end, next)))
        {
            Needs = type is "n" or "size" or "ratio" ? [[RuleTriggers.Number]] : [],
        };
    }

    /// <summary>Where a capture can end.</summary>
    private static IEnumerable<int> Ends(string type, Matching matching, int at)
    {
        var tokens = matching.Tokens;
        if (at >= tokens.Count)
            return [];
        var token = tokens[at];
        return type switch
        {
            "n" => token is { Number: not null, Kind: RuleTokenKind.Number or RuleTokenKind.Word } ? [at + 1] : [],
            "size" => token.Kind == RuleTokenKind.Size ? [at + 1] : [],
            "ratio" => token.Kind is RuleTokenKind.Ratio or RuleTokenKind.Number ? [at + 1] : [],
            "name" => NameEnd(matching, at) is var end and > 0 ? [end] : [],
            "names" => ListEnds(at, start => NameEnd(matching, start), tokens),
            "formats" => ListEnds(at, start => RuleFormats.End(tokens, start), tokens),
            "value" => IsValue(token) ? [at + 1] : [],
            "values" => ListEnds(at, start => start < tokens.Count && IsValue(tokens[start]) ? start + 1 : -1, tokens),
            "words" => Enumerable.Range(at + 1, MostWords)
                .TakeWhile(end => end <= tokens.Count && tokens[end - 1].Kind is RuleTokenKind.Word or RuleTokenKind.Number),
            _ => throw new ArgumentException("There is no such capture: " + type, nameof(type)),
        };
    }

    // The longest list first: what follows a list decides whether it is one.
    private static List<int> ListEnds(int at, Func<int, int> read, List<RuleToken> tokens)
    {
        var ends = new List<int>();
        for (var end = read(at); end > 0;)
        {
            ends.Add(end);
            var next = end;
            while (next < tokens.Count && next - end < 3 && (tokens[next].Is(",") || tokens[next].Is("or") || tokens[next].Is("and") || tokens[next].Is("/")
                || tokens[next].Is("+") || tokens[next].Is("and/or") || tokens[next].Is("nor") || tokens[next].Is("the")))
                next++;
            end = next > end ? read(next) : -1;
        }
        ends.Reverse();
        return ends;
    }

    private static int NameEnd(Matching matching, int at)
    {
        var tokens = matching.Tokens;
        if (at < tokens.Count && (tokens[at].Is("the") || tokens[at].Is("a") || tokens[at].Is("an")))
            at++;
        if (at >= tokens.Count || !matching.IsName(tokens[at]))
            return -1;
        at++;
        return at < tokens.Count && (tokens[at].Is("parameter") || tokens[at].Is("field") || tokens[at].Is("argument")) ? at + 1 : at;
    }

    private static bool IsValue(RuleToken token) => token.Kind is RuleTokenKind.Word or RuleTokenKind.Number or RuleTokenKind.Ratio or RuleTokenKind.Size;

    private sealed class Matching(List<RuleToken> tokens, Func<RuleToken, bool> isName)
    {
        public List<RuleToken> Tokens => tokens;

        public Dictionary<string, (int Start, int End)> Captured { get; } = new(StringComparer.Ordinal);

        public bool IsName(RuleToken token) => isName(token);

        public bool Try(string name, int start, int end, Func<int, bool> next)
        {
            var had = Captured.TryGetValue(name, out var before);
            Captured[name] = (start, end);
            if (next(end))
                return true;
            if (had)
                Captured[name] = before;
            else
                Captured.Remove(name);
            return false;
        }
    }

    private sealed class Node(string[] first, bool canBeEmpty, Step match)
    {
        public string[] First => first;

        public bool CanBeEmpty => canBeEmpty;

        public IReadOnlyList<string[]> Needs { get; init; } = [];

        public bool Match(Matching matching, int at, Func<int, bool> next) => match(matching, at, next);
    }
}

/// <summary>What a pattern captured of a sentence.</summary>
/// <param name="tokens">The sentence.</param>
/// <param name="captured">The captures.</param>
/// <param name="start">Where the match begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class RuleCaptures(List<RuleToken> tokens, Dictionary<string, (int Start, int End)> captured, int start, int end)
{
    /// <summary>Where the match begins.</summary>
    public int Start => start;

    /// <summary>Where it ends.</summary>
    public int End => end;

    /// <summary>The sentence.</summary>
    public List<RuleToken> Tokens => tokens;

    /// <summary>Whether there is such a capture.</summary>
    public bool Has(string name) => captured.ContainsKey(name);

    /// <summary>The tokens of a capture; none where it is not there.</summary>
    public List<RuleToken> this[string name] => captured.TryGetValue(name, out var range) ? tokens.GetRange(range.Start, range.End - range.Start) : [];
}
