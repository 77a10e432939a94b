using System.Globalization;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Creates the open enums of one class. Properties of the same name and values share one, except where named schemas may not know of each other.
/// </summary>
internal sealed class EnumBinder(BinderContext context)
{
    private readonly List<BoundEnum> _enums = [];
    private readonly Dictionary<string, (BoundEnum Bound, EnumSource Source)> _byWanted = new(StringComparer.Ordinal);

    /// <summary>The enums made so far.</summary>
    public IReadOnlyList<BoundEnum> All => _enums;

    /// <summary>The name of the enum for a property's values, which are called after <paramref name="valuesName"/> where they are not after the enum.</summary>
    public string Bind(TypeContext slot, EnumSource source, string? description, bool isItem, string? valuesName = null)
    {
        var plain = isItem ? TypeNames.OfSlot(slot with { Owner = slot.Owner with { IsRoot = true } }, isItem) : slot.Name;
        if (FindSame(plain, source) is { } shared)
            return shared.Name;
        var wanted = TypeNames.OfSlot(slot, isItem);
        if (FindSame(wanted, source) is { } same)
            return same.Name;
        // A result's values often differ from those of the request's parameter of the same name.
        if (_byWanted.ContainsKey(wanted) && slot.Owner is { IsRoot: true, Role: ObjectRole.Output })
            wanted = "Result" + wanted;

        var key = slot.Key;
        var name = context.Names.Take(key, wanted);
        var members = new NameScope(MemberNames.ReservedInEnum(name));
        var (locked, problems) = (context.Scope.Locked, context.Scope.Problems);
        var names = MemberNames.Give(source.Texts, Suggest, key, members, locked, problems.ReportLock);
        if (source.HasNames)
            ReportTaken(source, names, Suggest, text => locked.Find(NameKeys.Member(key, text)) is null);
        var values = source.Texts
            .Select((text, i) => new BoundValue(names[i], text, source.DescriptionOf(text) ?? "", source.DeprecationOf(text)))
            .ToEquatableArray();
        var bound = new BoundEnum(name, key, description ?? "", values);
        _enums.Add(bound);
        if (context.Scope.Kind != ScopeKind.Shared)
            _byWanted[wanted] = (bound, source);
        return name;

        // A name of the document's own counts, unless nothing of it can be in a name of C#.
        string Suggest(string text)
        {
            var own = source.NameOf(text);
            return ValueName(own is not null && Identifiers.Words(own).Count > 0 ? own : text, valuesName ?? plain, description);
        }
    }

    private BoundEnum? FindSame(string wanted, EnumSource source) =>
        _byWanted.TryGetValue(wanted, out var known) && known.Source.IsSame(source) ? known.Bound : null;

    /// <summary>Reports names of the document's own that another value has, too.</summary>
    private void ReportTaken(EnumSource source, List<string> names, Func<string, string> suggest, Func<string, bool> isFree)
    {
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            var (text, wanted) = (source.Texts[i], suggest(source.Texts[i]));
            if (!first.TryGetValue(wanted, out var rival))
                first.Add(wanted, text);
            else if (source.NameOf(text) is { } own && isFree(text))
                context.Report(GeneratorProblems.ValueNameTaken, source.PointerOf(i), own, text, rival, names[i]);
        }
    }

    /// <summary>
    /// The name of a value: its words. One that begins with a digit is led by what it measures: <c>16:9</c> of AspectRatio is Ratio16x9,
    /// <c>5</c> of Duration is Seconds5 where the description speaks of seconds.
    /// </summary>
    private static string ValueName(string text, string enumName, string? description)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return text.Length == 0 ? "Empty" : "Blank";
        var sign = trimmed.Length > 1 && char.IsDigit(trimmed[1]) ? trimmed[0] switch { '-' => "Minus", '+' => "Plus", _ => "" } : "";
        var name = Identifiers.Pascal(Identifiers.Words(AsDimensions(trimmed)));
        if (name.Length == 0)
            return "Sign" + string.Concat(trimmed.Select(unit => ((int)unit).ToString("X4", CultureInfo.InvariantCulture)));
        if (sign.Length > 0)
            return sign + name;
        if (!char.IsDigit(name[0]))
            return name;
        if (IsPlainNumber(trimmed)
            && enumName.IndexOf("Duration", StringComparison.Ordinal) >= 0
            && (description ?? "").IndexOf("second", StringComparison.OrdinalIgnoreCase) >= 0)
            return "Seconds" + name;
        return LastWord(enumName) + name;
    }

    /// <summary>Two numbers with a colon or a cross between them are joined by an x.</summary>
    private static string AsDimensions(string text)
    {
        var separator = text.IndexOfAny([':', '*', '×']);
        return separator > 0 && separator + 1 < text.Length && IsPlainNumber(text.Substring(0, separator)) && IsPlainNumber(text.Substring(separator + 1))
            ? text.Substring(0, separator) + "x" + text.Substring(separator + 1)
            : text;
    }

    private static bool IsPlainNumber(string text) => text.Length > 0 && text.All(unit => unit is (>= '0' and <= '9') or '.');

    private static string LastWord(string enumName)
    {
        var words = Identifiers.Words(enumName);
        var last = Identifiers.Pascal(words.Skip(words.Count - 1));
        return last.Length == 0 || char.IsDigit(last[0]) ? "Value" : last;
    }
}
