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

    private readonly RuleStep _first;
    private readonly string[] _captures;

    private RulePattern(Node root, string[] captures)
    {
        (First, Needs, _captures) = ([.. root.First.Distinct(StringComparer.Ordinal)], root.Needs, captures);
        _first = root.Before(RuleStep.End);
    }

    /// <summary>
    /// The words and signs with one of which every match begins; <c>#</c> is a number, and empty means anything at the beginning of the sentence.
    /// </summary>
    public IReadOnlyList<string> First { get; }

    /// <summary>What every match has: of each list one of the words and signs; <c>#</c> is a number.</summary>
    public IReadOnlyList<string[]> Needs { get; }

    /// <summary>The parts of a pattern: signs and words.</summary>
    public static IEnumerable<string> Split(string pattern)
    {
        var start = 0;
        for (var i = 0; i <= pattern.Length; i++)
        {
            var isSign = i < pattern.Length && pattern[i] is '(' or ')' or '[' or ']' or '|';
            if (i < pattern.Length && pattern[i] != ' ' && !isSign)
                continue;
            if (i > start)
                yield return pattern.Substring(start, i - start);
            if (isSign)
                yield return pattern[i].ToString();
            start = i + 1;
        }
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="parts">Its parts, without macros.</param>
    public static RulePattern Of(List<string> parts)
    {
        var parser = new Parser(parts);
        var root = parser.ReadChoice();
        return parser.IsAtEnd ? new(root, [.. parser.Captures])
            : throw new ArgumentException("The pattern has an unmatched sign: " + string.Join(" ", parts), nameof(parts));
    }

    /// <summary>Matches at one position; null where it does not match.</summary>
    /// <param name="matching">The sentence.</param>
    /// <param name="at">The position.</param>
    public RuleCaptures? Match(RuleMatching matching, int at)
    {
        matching.Begin(_captures.Length);
        return _first.Match(matching, at) ? new(matching, _captures, at) : null;
    }

    /// <summary>A part of the pattern.</summary>
    /// <param name="First">The words and signs with which it can begin.</param>
    /// <param name="CanBeEmpty">Whether it matches nothing at all.</param>
    /// <param name="Before">The part as a step in front of another.</param>
    private sealed record Node(string[] First, bool CanBeEmpty, Func<RuleStep, RuleStep> Before)
    {
        public IReadOnlyList<string[]> Needs { get; init; } = [];
    }

    private sealed class Parser(List<string> parts)
    {
        private int _at;

        public List<string> Captures { get; } = [];

        public bool IsAtEnd => _at == parts.Count;

        public Node ReadChoice()
        {
            var choices = new List<Node> { ReadSequence() };
            while (_at < parts.Count && parts[_at] == "|")
            {
                _at++;
                choices.Add(ReadSequence());
            }
            if (choices.Count == 1)
                return choices[0];
            return new(
                [.. choices.SelectMany(choice => choice.First)], choices.Exists(choice => choice.CanBeEmpty),
                next => new ChoiceStep([.. choices.Select(choice => choice.Before(next))]))
            {
                Needs = choices.Exists(choice => choice.Needs.Count == 0) ? []
                    : [[.. choices.SelectMany(choice => choice.Needs.OrderBy(RuleTriggers.Frequency).First()).Distinct()]],
            };
        }

        private Node ReadSequence()
        {
            var nodes = new List<Node>();
            while (_at < parts.Count && parts[_at] is not ("|" or ")" or "]"))
                nodes.Add(ReadNode());
            var first = new List<string>();
            foreach (var node in nodes)
            {
                first.AddRange(node.First);
                if (!node.CanBeEmpty)
                    break;
            }
            return new(
                [.. first], nodes.TrueForAll(node => node.CanBeEmpty),
                next => Enumerable.Reverse(nodes).Aggregate(next, static (following, node) => node.Before(following)))
            {
                Needs = [.. nodes.SelectMany(node => node.Needs)],
            };
        }

        private Node ReadNode()
        {
            var part = parts[_at++];
            if (part is not ("(" or "["))
                return Leaf(part);
            var inner = ReadChoice();
            _at++;
            return part == "(" ? inner : new(inner.First, true, next => new ChoiceStep([inner.Before(next), next]));
        }

        private Node Leaf(string part) => part switch
        {
            "^" => new([], true, static next => new StartStep(next)),
            "$" => new([], true, static next => new LastStep(next)),
            ".." => new([""], true, static next => new SkipStep(MostFillers, onlyWords: true, next)),
            "..." => new([""], true, static next => new SkipStep(MostTokens, onlyWords: false, next)),
            "lp" => Word("("),
            "rp" => Word(")"),
            "lb" => Word("["),
            "rb" => Word("]"),
            _ when part[0] == '{' => Capture(part.Trim('{', '}').Split(':')),
            _ => Word(part),
        };

        private static Node Word(string word) => new([word], false, next => new WordStep(word, next)) { Needs = [[word]] };

        private Node Capture(string[] capture)
        {
            var (type, name) = (capture[0], capture[capture.Length - 1]);
            var slot = Captures.IndexOf(name);
            if (slot < 0)
            {
                slot = Captures.Count;
                Captures.Add(name);
            }
            var isNumber = type is "n" or "size" or "ratio";
            return new([isNumber ? RuleTriggers.Number : ""], false, next => CaptureStep.Of(type, slot, next))
            {
                Needs = isNumber ? [[RuleTriggers.Number]] : [],
            };
        }
    }
}
