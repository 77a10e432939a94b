namespace Zoetrope.Specs.Rules;

/// <summary>Tokens that are remembered by a name.</summary>
internal abstract class CaptureStep(int slot, RuleStep next) : RuleStep
{
    private const int MostWords = 7;
    private const int MostBetween = 3;

    /// <summary>Where a part that begins at a position ends; negative where none begins there.</summary>
    private delegate int Part(RuleMatching matching, int at);

    /// <summary>The capture of a type.</summary>
    /// <param name="type">Its name in patterns.</param>
    /// <param name="slot">The number of its name in the pattern.</param>
    /// <param name="next">What follows.</param>
    public static CaptureStep Of(string type, int slot, RuleStep next) => type switch
    {
        "n" => new One(Token(static token => token is { Number: not null, Kind: RuleTokenKind.Number or RuleTokenKind.Word }), slot, next),
        "size" => new One(Token(static token => token.Kind == RuleTokenKind.Size), slot, next),
        "ratio" => new One(Token(static token => token.Kind is RuleTokenKind.Ratio or RuleTokenKind.Number), slot, next),
        "name" => new One(NameEnd, slot, next),
        "names" => new Several(NameEnd, slot, next),
        "formats" => new Several(static (matching, at) => RuleFormats.End(matching.Tokens, at), slot, next),
        "value" => new One(Token(IsValue), slot, next),
        "values" => new Several(Token(IsValue), slot, next),
        "words" => new Words(slot, next),
        _ => throw new ArgumentException("There is no such capture: " + type, nameof(type)),
    };

    /// <summary>Whether what follows matches behind the tokens, which are captured then.</summary>
    protected bool Try(RuleMatching matching, int start, int end)
    {
        var before = matching.Captures[slot];
        matching.Captures[slot] = (start, end);
        if (next.Match(matching, end))
            return true;
        matching.Captures[slot] = before;
        return false;
    }

    private static Part Token(Func<RuleToken, bool> isIt) => (matching, at) => at < matching.Tokens.Count && isIt(matching.Tokens[at]) ? at + 1 : -1;

    private static bool IsValue(RuleToken token) => token.Kind is RuleTokenKind.Word or RuleTokenKind.Number or RuleTokenKind.Ratio or RuleTokenKind.Size;

    private static int NameEnd(RuleMatching matching, int at)
    {
        var tokens = matching.Tokens;
        if (at < tokens.Count && (tokens[at].Is("the") || tokens[at].Is("a") || tokens[at].Is("an")))
            at++;
        if (at >= tokens.Count || !matching.IsName(at))
            return -1;
        at++;
        return at < tokens.Count && (tokens[at].Is("parameter") || tokens[at].Is("field") || tokens[at].Is("argument")) ? at + 1 : at;
    }

    private static bool IsBetween(RuleToken token) =>
        token.Is(",") || token.Is("or") || token.Is("and") || token.Is("/") || token.Is("+") || token.Is("and/or") || token.Is("nor") || token.Is("the");

    private sealed class One(Part part, int slot, RuleStep next) : CaptureStep(slot, next)
    {
        public override bool Match(RuleMatching matching, int at) => part(matching, at) is var end and > 0 && Try(matching, at, end);
    }

    private sealed class Several(Part part, int slot, RuleStep next) : CaptureStep(slot, next)
    {
        public override bool Match(RuleMatching matching, int at) => part(matching, at) is var end and > 0 && Match(matching, at, end);

        // The longest list first: what follows a list decides whether it is one.
        private bool Match(RuleMatching matching, int at, int end)
        {
            var tokens = matching.Tokens;
            var following = end;
            while (following < tokens.Count && following - end < MostBetween && IsBetween(tokens[following]))
                following++;
            return (following > end && part(matching, following) is var longer and > 0 && Match(matching, at, longer)) || Try(matching, at, end);
        }
    }

    private sealed class Words(int slot, RuleStep next) : CaptureStep(slot, next)
    {
        public override bool Match(RuleMatching matching, int at)
        {
            var tokens = matching.Tokens;
            for (var end = at + 1; end <= at + MostWords && end <= tokens.Count; end++)
            {
                if (tokens[end - 1].Kind is not (RuleTokenKind.Word or RuleTokenKind.Number))
                    return false;
                if (Try(matching, at, end))
                    return true;
            }
            return false;
        }
    }
}
