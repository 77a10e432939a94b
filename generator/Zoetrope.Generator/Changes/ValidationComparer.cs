using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Changes;

/// <summary>Compares what two versions of a request are validated for.</summary>
internal static class ValidationComparer
{
    /// <summary>The changes, in the order of the paths.</summary>
    /// <param name="former">The values inside the request before, by their paths.</param>
    /// <param name="latter">The same now.</param>
    public static IEnumerable<(ChangeImpact Impact, RequestPart Part, string Message)> Compare(
        IReadOnlyDictionary<string, RequestPart> former, IReadOnlyDictionary<string, RequestPart> latter)
    {
        foreach (var now in latter.Values.OrderBy(part => part.Path, StringComparer.Ordinal))
        {
            if (former.TryGetValue(now.Path, out var was))
            {
                foreach (var (impact, message) in Compare(was, now, ValuesOf))
                    yield return (impact, now, message);
            }
            else if (now.IsRequired && now.Path.Length > 0 && !IsElement(now) && former.ContainsKey(now.Parent))
                yield return (ChangeImpact.Breaking, now, $"{now.Path} is required now");
        }
        foreach (var was in former.Values.OrderBy(part => part.Path, StringComparer.Ordinal))
        {
            if (was.IsRequired && !IsElement(was) && !latter.ContainsKey(was.Path) && latter.ContainsKey(was.Parent))
                yield return (ChangeImpact.Compatible, was, $"{was.Path} is not required any more");
        }

        IReadOnlyList<string>? ValuesOf(string path) => former.TryGetValue(path, out var part) ? part.Values : null;
    }

    private static bool IsElement(RequestPart part) => part.Path.Length > part.Parent.Length && part.Path[part.Parent.Length] is '[' or '{' or '|';

    private static IEnumerable<(ChangeImpact Impact, string Message)> Compare(
        RequestPart former, RequestPart latter, Func<string, IReadOnlyList<string>?> valuesOf)
    {
        var path = latter.Path.Length == 0 ? "the request" : latter.Path;
        if (former.IsRequired != latter.IsRequired && !IsElement(latter))
            yield return (Impact(latter.IsRequired), latter.IsRequired ? $"{path} is required now" : $"{path} is not required any more");
        if (former.TakesNull != latter.TakesNull && former.IsRequired == latter.IsRequired)
            yield return (Impact(former.TakesNull), former.TakesNull ? $"{path} must not be null any more" : $"{path} may be null now");
        if (former.Default != latter.Default)
            yield return (ChangeImpact.Compatible, $"the default of {path} was {former.Default ?? "not stated"} and is {latter.Default ?? "not stated"}");
        if (!Takes(latter.Type, former.Type))
            yield return (ChangeImpact.Breaking, $"{path} was {Describe(former.Type)} and is {Describe(latter.Type)}");
        foreach (var (isStricter, message) in ConstraintComparer.Compare(former.Constraints, latter.Constraints))
            yield return (Impact(isStricter), $"{path}: {message}");
        foreach (var change in Values(path, former.Values, latter.Values))
            yield return change;
        foreach (var (isStricter, message) in RuleComparer.Compare(
            former.Rules, latter.Rules, name => valuesOf(former.Path.Length == 0 ? name : former.Path + "." + name)))
            yield return (Impact(isStricter), $"{path}: {message}");
        if (former.Forms.Count > 0 && latter.Forms.Count > 0 && !former.Forms.SequenceEqual(latter.Forms))
        {
            var isWider = !former.Forms.Except(latter.Forms).Any();
            yield return (Impact(!isWider), $"the forms of {path} were {string.Join(", ", former.Forms)} and are {string.Join(", ", latter.Forms)}");
        }
    }

    private static ChangeImpact Impact(bool isStricter) => isStricter ? ChangeImpact.Breaking : ChangeImpact.Compatible;

    private static IEnumerable<(ChangeImpact Impact, string Message)> Values(string path, IReadOnlyList<string>? former, IReadOnlyList<string>? latter)
    {
        if (former is null && latter is null)
            yield break;
        if (former is null)
        {
            yield return (ChangeImpact.Breaking, $"{path} must be one of {string.Join(", ", latter!)} now");
            yield break;
        }
        if (latter is null)
        {
            yield return (ChangeImpact.Compatible, $"{path} may be any value now");
            yield break;
        }
        if (former.Except(latter).ToList() is { Count: > 0 } gone)
            yield return (ChangeImpact.Breaking, $"{path} must not be {string.Join(" or ", gone)} any more");
        if (latter.Except(former).ToList() is { Count: > 0 } added)
            yield return (ChangeImpact.Compatible, $"{path} may be {string.Join(" or ", added)} now");
    }

    /// <summary>Whether all values of a type are ones of another.</summary>
    private static bool Takes(TypeRef type, TypeRef value) => type.Kind == value.Kind || (type.Kind, value.Kind) switch
    {
        (TypeKind.Raw, _) => true,
        (TypeKind.WideInteger, TypeKind.Integer) => true,
        (TypeKind.Number, TypeKind.Integer or TypeKind.WideInteger) => true,
        (TypeKind.String, TypeKind.Enum) or (TypeKind.Enum, TypeKind.String) => true,
        _ => false,
    };

    private static string Describe(TypeRef type) => type.Kind switch
    {
        TypeKind.Integer or TypeKind.WideInteger => "a whole number",
        TypeKind.Number => "a number",
        TypeKind.String or TypeKind.Enum => "a text",
        TypeKind.Boolean => "true or false",
        TypeKind.List => "a list",
        TypeKind.Map or TypeKind.Object => "an object",
        TypeKind.Union => "one of several forms",
        TypeKind.Raw => "any value",
        _ => "a file",
    };
}
