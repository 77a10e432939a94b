using Zoetrope.Generator.Emit;

namespace Zoetrope.Generator.Changes;

/// <summary>
/// Compares the public C#, for code that writes requests and reads results, with nullable warnings as errors. So a settable member may allow more than before,
/// and one that is read may be less.
/// </summary>
internal sealed class SurfaceComparer
{
    /// <summary>What is reported of a declaration of which nothing else changed.</summary>
    public const string DocumentationChanged = "its documentation changed";

    private readonly Dictionary<string, Declaration> _former;
    private readonly Dictionary<string, Declaration> _latter;
    private readonly List<(ChangeImpact Impact, Declaration Declaration, bool IsGone, string Message)> _changes = [];

    private SurfaceComparer(IEnumerable<Declaration> former, IEnumerable<Declaration> latter) => (_former, _latter) = (ByKey(former), ByKey(latter));

    /// <summary>The changes, in the order of the names. What is in a type that came or went is not reported again.</summary>
    /// <param name="former">The declarations before.</param>
    /// <param name="latter">The declarations now.</param>
    public static IReadOnlyList<(ChangeImpact Impact, Declaration Declaration, bool IsGone, string Message)> Compare(
        IEnumerable<Declaration> former, IEnumerable<Declaration> latter)
    {
        var comparer = new SurfaceComparer(former, latter);
        comparer.Compare();
        return [.. comparer._changes.OrderBy(change => change.Declaration.Key, StringComparer.Ordinal)];
    }

    /// <summary>A type may be written in parts; each says the same but what it derives from.</summary>
    private static Dictionary<string, Declaration> ByKey(IEnumerable<Declaration> declarations)
    {
        var byKey = new Dictionary<string, Declaration>(StringComparer.Ordinal);
        foreach (var declaration in declarations)
        {
            byKey[declaration.Key] = byKey.TryGetValue(declaration.Key, out var part)
                ? part with
                {
                    Parts = [.. part.Parts, .. declaration.Parts],
                    Modifiers = [.. part.Modifiers.Union(declaration.Modifiers)],
                    Documentation = part.Documentation + declaration.Documentation,
                }
                : declaration;
        }
        return byKey;
    }

    private void Compare()
    {
        var gone = _former.Values.Where(one => !_latter.ContainsKey(one.Key) && _latter.ContainsKey(one.Owner) == _former.ContainsKey(one.Owner)).ToList();
        var added = _latter.Values.Where(one => !_former.ContainsKey(one.Key) && _latter.ContainsKey(one.Owner) == _former.ContainsKey(one.Owner)).ToList();
        foreach (var method in gone.Where(one => one.Kind == DeclarationKind.Method).ToList())
        {
            if (added.FirstOrDefault(one => one.Kind == DeclarationKind.Method && one.FullName == method.FullName) is not { } other)
                continue;
            gone.Remove(method);
            added.Remove(other);
            CompareParameters(method, other);
            CompareMembers(method, other);
        }
        foreach (var declaration in gone)
            _changes.Add((ChangeImpact.Breaking, declaration, true, $"the {Form(declaration)} was removed"));
        foreach (var declaration in added)
        {
            var isNeeded = declaration is { IsRequired: true, CanSet: true };
            _changes.Add((
                isNeeded ? ChangeImpact.Breaking : ChangeImpact.Compatible, declaration, false,
                $"the {(isNeeded ? "required " : "")}{Form(declaration)} was added"));
        }
        foreach (var declaration in _former.Values)
        {
            if (_latter.TryGetValue(declaration.Key, out var now))
                CompareMembers(declaration, now);
        }
    }

    private void CompareMembers(Declaration former, Declaration latter)
    {
        var before = _changes.Count;
        if (former.Kind == DeclarationKind.Type)
            CompareTypes(former, latter);
        else
            CompareValues(former, latter);
        if (former.Modifiers.Contains("static") != latter.Modifiers.Contains("static"))
            Add(ChangeImpact.Breaking, latter, latter.Modifiers.Contains("static") ? "it is static now" : "it is not static any more");
        if (former.CanSet && !latter.CanSet)
            Add(ChangeImpact.Breaking, latter, "it cannot be set any more");
        // A warning that builds go on with.
        if (former.Obsolete != latter.Obsolete)
            Add(ChangeImpact.Compatible, latter, latter.Obsolete is null ? "it is not obsolete any more" : $"it is obsolete now: {latter.Obsolete}");
        if (_changes.Count == before && former.Documentation != latter.Documentation)
            Add(ChangeImpact.Documentation, latter, DocumentationChanged);
    }

    private void CompareTypes(Declaration former, Declaration latter)
    {
        if (former.Type != latter.Type)
            Add(ChangeImpact.Breaking, latter, $"it was a {former.Type} and is a {latter.Type}");
        if (!former.Modifiers.Contains("sealed") && latter.Modifiers.Contains("sealed"))
            Add(ChangeImpact.Breaking, latter, "it is sealed now");
        foreach (var part in former.Parts.Except(latter.Parts))
            Add(ChangeImpact.Breaking, latter, $"it is not {TypeText.Short(part)} any more");
        foreach (var part in latter.Parts.Except(former.Parts))
            Add(ChangeImpact.Compatible, latter, $"it is {TypeText.Short(part)} now");
    }

    private void CompareValues(Declaration former, Declaration latter)
    {
        if (former.Type != latter.Type)
        {
            var (was, now) = (former.Type, latter.Type);
            var isCompatible = latter.Kind == DeclarationKind.Property && (latter.CanSet && former.CanSet ? Converts(was, now) : Converts(now, was));
            Add(isCompatible ? ChangeImpact.Compatible : ChangeImpact.Breaking, latter, $"the type was {TypeText.Short(was)} and is {TypeText.Short(now)}");
        }
        if (!former.IsRequired && latter is { IsRequired: true, CanSet: true })
            Add(ChangeImpact.Breaking, latter, "it is required now");
        else if (former is { IsRequired: true, CanSet: true } && !latter.IsRequired)
            Add(ChangeImpact.Compatible, latter, "it is not required any more");
        else if (former.IsRequired != latter.IsRequired && former.Type == latter.Type)
            Add(ChangeImpact.Compatible, latter, latter.IsRequired ? "a result always has it now" : "a result need not have it any more");
    }

    /// <summary>Whether a value of a type can be assigned to another type as it is.</summary>
    private bool Converts(string from, string to)
    {
        if (from.EndsWith("?", StringComparison.Ordinal) && !to.EndsWith("?", StringComparison.Ordinal))
            return false;
        var (value, target) = (from.TrimEnd('?'), to.TrimEnd('?'));
        if (value == target || (value == "long" && target is "double" or "global::System.Int128"))
            return true;
        // The conversions of enums and unions take no null.
        return from == value && _latter.Values.Any(one => one.Name == "implicit operator " + target
            && one.Owner.EndsWith("." + target, StringComparison.Ordinal)
            && one.Parts.Count == 1
            && Signature.TypeOf(one.Parts[0]) == value);
    }

    /// <summary>Callers name what they leave out others before, and rely on the order of what must be given.</summary>
    private void CompareParameters(Declaration former, Declaration latter)
    {
        var kept = former.Parts.Select(part => latter.Parts.FirstOrDefault(
            other => Signature.NameOf(other) == Signature.NameOf(part) && Signature.TypeOf(other) == Signature.TypeOf(part))).ToList();
        var isCompatible = kept.All(part => part is not null)
            && former.Parts.Zip(kept, (part, other) => Signature.IsOptional(other!) || !Signature.IsOptional(part)).All(isFine => isFine)
            && Needed(former).SequenceEqual(Needed(latter).Where(former.Parts.Contains))
            && latter.Parts.Except(kept).All(part => Signature.IsOptional(part!));
        Add(
            isCompatible ? ChangeImpact.Compatible : ChangeImpact.Breaking, latter,
            $"the parameters were ({List(former)}) and are ({List(latter)})");

        static IEnumerable<string> Needed(Declaration method) => method.Parts.Where(part => !Signature.IsOptional(part));

        static string List(Declaration method) => string.Join(", ", method.Parts.Select(TypeText.Short));
    }

    private void Add(ChangeImpact impact, Declaration declaration, string message) => _changes.Add((impact, declaration, false, message));

    private static string Form(Declaration declaration) => declaration.Kind switch
    {
        DeclarationKind.Type when declaration.Type.EndsWith("struct", StringComparison.Ordinal) => "struct",
        DeclarationKind.Type => "class",
        DeclarationKind.Method => "method",
        _ when declaration.Modifiers.Contains("static") => "value",
        _ => "member",
    };
}
