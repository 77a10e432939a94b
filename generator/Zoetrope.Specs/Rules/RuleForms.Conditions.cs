using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>What must hold where something else does, and comparisons of two members.</content>
public static partial class RuleForms
{
    private static RuleForm[] Conditions =>
    [
        new("required when values",
            "(required|mandatory|MUST be GIVEN) (when|if|where) {name:a} (is|=|==|is set to|equals) {value:x} [and {name:b} (is|=|==|is set to|equals) "
            + "{value:y}]",
            RequiredWhen,
            On("prompt", "Required when instrumental is false and mode is 'pro'.", "prompt required if instrumental in false and mode in pro"))
        { HasCondition = true },
        new("with a value another is required", "(when|if|where) {name:a} (is|=|==|is set to|equals) {value:x} , {name:self} REQUIRED",
            static f => !IsAboutPresence(f) && f.Member("self") is { } self && f.Is(f.Member("a"), [f.Text("x")]) is { } condition
                ? Required(f, self, [condition])
                : null,
            On("mode", "When mode is pro, `prompt` is required.", "prompt required if mode in pro"))
        { HasCondition = true },
        new("required with another", "(required|mandatory|MUST be GIVEN) (when|if|where) [using] {name:a} [(is|are) GIVEN]",
            static f => f.Member("a") is { } a ? Required(f, f.Self, [RuleFinding.Given(a)]) : null,
            On("prompt", "Required when mask_url is provided.", "prompt required if mask_url given"))
        { HasCondition = true },
        new("with one, at least one other", "(if|when) {words:a} (is|are) GIVEN , at least one [of] {words:list} (is|are) (required|needed)",
            RequiresOneOf,
            On("audio_urls", "Several per request.If audio is provided, at least one reference image or video is required.",
                "audio_urls requires image_urls or video_urls"))
        { HasCondition = true },
        new("requires", "^ [this|it|also|this parameter|this option|note :] requires {names} [to be GIVEN|(is|are|being) GIVEN] $",
            static f => Requires(f, f.Members()),
            On("mask_url", "Requires image_url.", "mask_url requires image_url"),
            On("mask_url", "This option requires `image_url` to be set", "mask_url requires image_url")),
        new("names what it requires", "^ {name:a} requires {names} [to be GIVEN|(is|are|being) GIVEN] $",
            static f => f.Member("a") is { } a ? Requires(f, f.Members(), a) : null,
            On("prompt", "`mask_url` requires `image_url`.", "mask_url requires image_url")),
        new("when given, another too", "(if|when) [this|it] [is] GIVEN , {names} (REQUIRED|MUST also be GIVEN)",
            static f => Requires(f, f.Members()),
            On("mask_url", "When provided, image_url must also be provided.", "mask_url requires image_url"))
        { HasCondition = true },
        new("when one is given, another too", "(if|when) {name:a} is GIVEN , {names} (REQUIRED|MUST also be GIVEN)",
            static f => f.Member("a") is { } a ? Requires(f, f.Members(), a) : null,
            On("prompt", "If mask_url is set, image_url is required.", "mask_url requires image_url"))
        { HasCondition = true },
        new("can only be used with", "(can|may) only be (GIVEN|combined) [TOGETHER] with {names}",
            static f => Requires(f, f.Members()),
            On("mask_url", "Can only be used with image_url.", "mask_url requires image_url"),
            On("instrumental", "Can only be used together with `prompt`.", "instrumental requires prompt if instrumental in true")),
        new("must be used with", "MUST be GIVEN [TOGETHER] with {names}",
            static f => Requires(f, f.Members()),
            On("mask_url", "Must be used in combination with image_url.", "mask_url requires image_url")),
        new("can only be given where another is", "(can|may) only be GIVEN (if|when) {names} (is|are) [also] GIVEN",
            static f => Requires(f, f.Members()),
            On("mask_url", "Can only be set if image_url is provided.", "mask_url requires image_url"))
        { HasCondition = true },
        new("a value limits values", "{value:x} [{words:noun}] (are|is) (limited|restricted) to {values:list} [seconds|s]",
            static f => Limited(f),
            On("duration", "1080p videos are limited to 5 or 8 seconds", "if resolution in 1080p then duration in 5|8"),
            On("duration", "1080p videos are limited to 8 seconds", "if resolution in 1080p then duration in 5|8"),
            On("end", "1080p videos are limited to 8 seconds", "if resolution in 1080p then end <= 8")),
        new("longer only with",
            "[durations|values] (longer|greater|higher|larger|more) than {n} [seconds|s] ... [are|is] only (supported|available|allowed) (with|at|for) "
            + "{values:first} [fps|resolution|seconds] [and {values:second} [fps|resolution|seconds]]",
            OnlyWith,
            On("duration", "Durations longer than 5 seconds (8, 10) are only supported with 25 FPS and 1080p resolution.",
                "if duration > 5 then fps in 25 and resolution in 1080p"))
        { HasCondition = true },
        new("supported where", "[is|are] only (supported|allowed) (when|if|where) {name:a} is {value:x}",
            static f => f.Is(f.Member("a"), [f.Text("x")]) is { } then ? IfThen(f, [RuleFinding.Given(f.Self)], [then]) : null,
            On("elements", "Element binding is only supported when mode is 'pro'.", "if elements given then mode in pro"))
        { HasCondition = true, IsSoft = true },
        new("with a value, must be a value", "(when|if|where|for) {name:a} (is|=|==|is set to|equals) {value:x} , {name:b} MUST be {values:list}",
            static f => !IsAboutPresence(f) && f.Member("b") is { } b && f.Is(f.Member("a"), [f.Text("x")]) is { } condition
                && f.Is(b, Values(f, "list")) is { } then ? IfThen(f, [condition], [then]) : null,
            On("resolution", "When resolution is 1080p, duration must be 5 or 8.", "if resolution in 1080p then duration in 5|8"))
        { HasCondition = true },
        new("values not supported with", "{value:x} [{words:noun}] (is|are) not (supported|available|allowed) (for|with|at|in) {value:y} [{words:noun2}]",
            NotWith,
            On("duration", "10 seconds videos are not supported for 1080p resolution.", "if resolution in 1080p then duration not in 10")),
        new("a value only with values",
            "{value:x} [{words:noun}] (is|are) only (supported|available|allowed) (for|with|at|in) {values:list} [second|seconds|s] [videos|video|"
            + "duration|durations|resolution]",
            OnlyFor,
            On("resolution", "1080p is only available for 5 second videos.", "if resolution in 1080p then duration in 5")),
        new("only values for a value",
            "only {values:list} [second|seconds|s] [videos|video] (is|are) (supported|available|allowed) (for|with|at|in) {value:x} [{words:noun}]",
            OnlyFor,
            On("duration", "Only 5 and 8 seconds are supported for 1080p.", "if resolution in 1080p then duration in 5|8")),
        new("a value only supports values", "{value:x} [{words:noun}] only supports {values:list} [second|seconds|s] [videos|video]",
            OnlyFor,
            On("resolution", "1080p only supports 5 seconds.", "if resolution in 1080p then duration in 5")),
        new("number of items by a value", "[[the] number of {words:noun}] (varies|depends) (by|on) {name:on} : ... $",
            RuleSwitch.Read,
            On("image_urls", "Number of images required varies by template: 'wide' and 'tall' accept 1-2 images, 'square' requires exactly 3 images, "
                + "all other templates accept only 1 image.",
                "count(image_urls) >= 1, <= 2 if template in tall|wide; count(image_urls) = 3 if template in square; "
                + "count(image_urls) = 1 if template not in square|tall|wide"))
        { HasCondition = true },
        new("at least another", "MUST be (>=|greater than or equal to|at least|not less than|no less than|larger than or equal to) {name}",
            static f => Compares(f, ">="),
            On("end", "Must be >= `start`.", "end >= start")),
        new("more than another", "MUST be (>|greater than|more than|larger than|higher than|after|above) {name}",
            static f => Compares(f, ">"),
            On("end", "Must be greater than `start`.", "end > start")),
        new("at most another", "(MUST be (<=|less than or equal to|at most|smaller than or equal to|no more than)|CANNOT EXCEED|MUST not EXCEED) {name}",
            static f => Compares(f, "<="),
            On("start", "Cannot exceed `end`.", "start <= end")),
        new("less than another", "MUST be (<|less than|smaller than|lower than|before|below) {name}",
            static f => Compares(f, "<"),
            On("start", "Must be less than `end`.", "start < end")),
    ];

    private static IEnumerable<string> Values(RuleFinding f, string name) =>
        f.Captures[name].Where(token => token.Kind != RuleTokenKind.Symbol && !token.Is("or") && !token.Is("and") && !token.Is("the"))
            .Select(token => token.Text);

    private static ParameterRule? RequiredWhen(RuleFinding f)
    {
        if (IsAboutPresence(f))
            return null;
        var first = f.Is(f.Member("a"), [f.Text("x")]);
        if (first is null || !f.Captures.Has("b"))
            return first is null ? null : Required(f, f.Self, [first]);
        return f.Is(f.Member("b"), [f.Text("y")]) is { } second ? Required(f, f.Self, [first, second]) : null;
    }

    /// <summary>Whether what looks like a value is a word of another form: "required when a is provided".</summary>
    private static bool IsAboutPresence(RuleFinding f) => f.Text("x").ToLowerInvariant() is "provided" or "specified" or "given" or "set" or "supplied"
        or "present" or "passed" or "used" or "sent" or "not" or "omitted" or "missing" or "empty" or "included" or "defined";

    private static ParameterRule? Required(RuleFinding f, RuleMember self, RuleCondition[] conditions)
    {
        if (self.HasDefault)
            return f.No("it has a default, so it is never missing");
        if (self.IsRequired)
            return f.No("it is always required");
        // An empty default counts as missing here, which the words do not say.
        f.IsSoft |= self.Default is not null;
        return f.Rule(ParameterRuleKind.RequiredWhen, self) with { When = new(conditions) };
    }

    private static ParameterRule? RequiresOneOf(RuleFinding f)
    {
        var isSelf = f.Self.Words.Exists(RuleWords.Of(f.Text("a")).Contains);
        if ((isSelf ? f.Self : f.Phrase("a")) is not { } self)
            return null;
        var others = f.Phrases(f.Captures["list"], one => one.IsFile && one.IsList == f.Self.IsList);
        return others.Contains(null) ? null : f.Rule(ParameterRuleKind.Requires, [self, .. others.OfType<RuleMember>().Where(other => other != self)]);
    }

    private static ParameterRule? Requires(RuleFinding f, List<RuleMember> others, RuleMember? self = null)
    {
        self ??= f.Self;
        if (f.Reason is not null || others.Count == 0)
            return null;
        if (others.Find(other => other.HasDefault || other.IsRequired) is { } always)
            return f.No($"'{always.Name}' is always there");
        if (others.Contains(self))
            return f.No("it names one member only");
        if (self.IsRequired)
            return f.No($"'{self.Name}' is always required");
        var rule = f.Rule(ParameterRuleKind.Requires, [self, .. others]);
        if (others.Count > 1 && f.Captures["names"].Exists(token => token.Is("and")))
            return f.No("it requires several members");
        return self.IsBoolean && f.Is(self, ["true"]) is { } when ? rule with { When = new([when]) } : rule;
    }

    private static ParameterRule? IfThen(RuleFinding f, RuleCondition[] when, RuleCondition[] then) =>
        when.Any(one => then.Any(other => other.Parameter == one.Parameter))
            ? f.No("it compares a member with itself")
            : f.Rule(ParameterRuleKind.IfThen, f.Self) with { When = new(when), Then = new(then) };

    private static ParameterRule? Limited(RuleFinding f)
    {
        if (f.Object.FindByValue(f.Text("x")) is not { } on)
            return f.No($"no member has the value '{f.Text("x")}'");
        if (f.Is(on, [f.Text("x")]) is not { } when)
            return null;
        var values = Values(f, "list").ToList();
        // One number is the greatest: "limited to 6 seconds".
        if (values.Count == 1 && RuleValues.Number(values[0]) is { } most)
            return AtMost(f, most) is { } limited ? IfThen(f, [when], [limited]) : null;
        return f.Is(f.Self, values) is { } then ? IfThen(f, [when], [then]) : null;
    }

    /// <summary>The condition that this member is a number up to a limit, or one of its values up to there.</summary>
    private static RuleCondition? AtMost(RuleFinding f, decimal most)
    {
        if (f.Self.IsEnum)
        {
            var values = f.Self.Values.ToList();
            return values.Exists(value => NumberOf(value) == most) && values.TrueForAll(value => NumberOf(value) is not null)
                ? f.Is(f.Self, values.FindAll(value => NumberOf(value) <= most))
                : f.Is(f.Self, f.Captures["list"].Select(token => token.Text));
        }
        if (f.Self.IsNumber)
            return new(f.Self.Name) { Range = new() { Maximum = most }, Default = f.Self.Default?.Text };
        f.No($"'{f.Self.Name}' is not a number");
        return null;
    }

    /// <summary>The number of a listed value, which may have its unit: "5s".</summary>
    private static decimal? NumberOf(string value) => RuleValues.Number(value.TrimEnd('s', ' '));

    private static ParameterRule? OnlyWith(RuleFinding f)
    {
        if (!f.Self.IsNumber && !f.Self.Values.All(value => decimal.TryParse(value, out _)))
            return null;
        var when = new RuleCondition(f.Self.Name) { Range = new() { Minimum = f.Number(), ExclusiveMinimum = true }, Default = f.Self.Default?.Text };
        var then = new List<RuleCondition>();
        var tokens = f.Captures.Tokens;
        var open = tokens.FindIndex(f.Captures.Start, token => token.Is("("));
        var only = tokens.FindIndex(f.Captures.Start, token => token.Is("only"));
        var close = open < 0 || open > only ? only : tokens.FindIndex(open, token => token.Is(")"));
        if (tokens.Skip(open + 1).Take(close - open - 1).Any(token => token.Number is null && !token.Is(",")) && open >= 0 && open < only)
            return f.No("what it says of the values is not understood");
        var start = tokens.FindLastIndex(f.Captures.End - 1, token => token.Is("with") || token.Is("at") || token.Is("for"));
        if (tokens.FindIndex(start, token => token.Is("or")) >= 0)
            return f.No("it names alternatives");
        for (var i = start + 1; i < tokens.Count; i++)
        {
            // "25 FPS": the unit is the member; "1080p": the member that has the value.
            if (tokens[i].Kind == RuleTokenKind.Number && i + 1 < tokens.Count && f.Object.FindPhrase(tokens[i + 1].Text, static _ => true) is { } named)
            {
                if (f.Is(named, [tokens[i++].Text]) is { } one)
                    then.Add(one);
            }
            else if (f.Object.FindByValue(tokens[i].Text) is { } member && f.Is(member, [tokens[i].Text]) is { } other)
                then.Add(other);
            else if (tokens[i].Kind == RuleTokenKind.Number || tokens[i].Number is not null || tokens[i].Text.Any(char.IsDigit))
                return f.No($"'{tokens[i].Text}' is not the value of one member");
        }
        return then.Count == 0 ? f.No("it names no value of a member") : IfThen(f, [when], [.. then]);
    }

    private static ParameterRule? NotWith(RuleFinding f)
    {
        var (x, y) = (Spell(f, "x"), Spell(f, "y"));
        if (x is null || y is null)
            return f.No($"no member has the value '{f.Text(x is null ? "x" : "y")}'");
        return f.Is(y, [f.Text("y")]) is { } when && f.Is(x, [f.Text("x")], isNot: true) is { } then ? IfThen(f, [when], [then]) : null;
    }

    private static ParameterRule? OnlyFor(RuleFinding f)
    {
        var values = Values(f, "list").ToList();
        var on = Spell(f, "x");
        var then = f.Object.Members.Where(member => member != on && values.TrueForAll(value => Has(member, value))).ToList();
        if (on is null || then.Count != 1)
            return f.No("it does not name the values of two members");
        return f.Is(on, [f.Text("x")]) is { } when && f.Is(then[0], values) is { } condition ? IfThen(f, [when], [condition]) : null;
    }

    /// <summary>The member that has the value: the one with the sentence where it has it, or else the only one.</summary>
    private static RuleMember? Spell(RuleFinding f, string name) =>
        Has(f.Self, f.Text(name)) ? f.Self : f.Object.FindByValue(f.Text(name));

    private static bool Has(RuleMember member, string value) => member.Values.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static ParameterRule? Compares(RuleFinding f, string comparison)
    {
        if (f.Captures["name"].Exists(token => !token.IsQuoted && f.Object.Find(token.Text) is null && token.Number is not null) || f.Member() is not { } other)
            return null;
        return f.Self.IsNumber && other.IsNumber && other != f.Self
            ? f.Rule(ParameterRuleKind.Compare, f.Self, other) with { Operator = comparison }
            : f.No("both members must be numbers");
    }
}
