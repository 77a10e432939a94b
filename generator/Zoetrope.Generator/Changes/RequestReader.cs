using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Types;

namespace Zoetrope.Generator.Changes;

/// <summary>Lists the values inside a request.</summary>
/// <param name="types">The types of the class that holds the request.</param>
/// <param name="owner">That class, with its namespace.</param>
/// <param name="at">Finds the document of a pointer.</param>
internal sealed class RequestReader(BoundTypes types, string owner, Func<string, SpecLocation> at)
{
    // Types refer to each other in circles, and a wide one may be met in many ways.
    private const int MostVisits = 8;

    private readonly Dictionary<string, int> _visits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RequestPart> _parts = new(StringComparer.Ordinal);

    /// <summary>The values that were added, by their paths.</summary>
    public IReadOnlyDictionary<string, RequestPart> Parts => _parts;

    /// <summary>Adds an object, whose path is empty, and the values inside it.</summary>
    public void Add(BoundObject model) =>
        AddObject(model, new() { Path = "", Parent = "", Symbol = SymbolOf(model.Name), Type = TypeRef.Raw, At = at(PointerOf(model)) });

    /// <summary>Adds a value that is sent beside others, and the values inside it.</summary>
    /// <param name="path">What it is called.</param>
    /// <param name="symbol">What sends it, in C#.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <param name="constraints">What it is validated for.</param>
    /// <param name="items">What its items are validated for.</param>
    public void Add(string path, string symbol, TypeRef type, bool isRequired, Constraints constraints, Constraints items) => AddValue(
        new()
        {
            Path = path,
            Parent = "",
            Symbol = symbol,
            Type = type.Given,
            IsRequired = isRequired,
            TakesNull = !isRequired || type.Kind == TypeKind.Nullable || (type.Kind == TypeKind.Union && constraints.OrNull),
            Constraints = constraints,
            At = at(""),
        },
        items);

    /// <summary>Where an object is described: around its first member.</summary>
    private static string PointerOf(BoundObject model)
    {
        var pointer = model.Properties.Count > 0 ? model.Properties[0].Pointer : "";
        return pointer.Substring(0, Math.Max(pointer.LastIndexOf("/properties/", StringComparison.Ordinal), 0));
    }

    private string SymbolOf(string name) => owner + "." + name;

    private void AddObject(BoundObject model, RequestPart part)
    {
        _parts[part.Path] = part with { Rules = [.. model.Rules.Select(rule => rule.Rule)] };
        var visits = _visits.TryGetValue(model.Name, out var count) ? count : 0;
        if (visits == MostVisits)
            return;
        _visits[model.Name] = visits + 1;
        foreach (var property in model.Properties)
        {
            AddValue(
                new()
                {
                    Path = part.Path.Length == 0 ? property.JsonName : part.Path + "." + property.JsonName,
                    Parent = part.Path,
                    Symbol = SymbolOf(model.Name) + "." + property.Name,
                    Type = property.Type,
                    IsRequired = property.Required,
                    TakesNull = property.Nullable || !property.Required,
                    Default = property.Default,
                    Constraints = property.Constraints,
                    Values = property.Constant is { } constant ? [constant] : null,
                    At = at(property.Pointer),
                },
                property.ItemConstraints);
        }
    }

    private void AddValue(RequestPart part, Constraints items)
    {
        var type = part.Type;
        _parts[part.Path] = part = part with { Values = part.Values ?? ValuesOf(type, part.Constraints) };
        // What other classes hold is a request of its own.
        if (type.Owner.Length > 0)
            return;
        switch (type.Kind)
        {
            case TypeKind.Object:
                AddObject(types.Object(type.Name), part);
                break;
            case TypeKind.List or TypeKind.Map:
                var item = type.Item!;
                AddValue(
                    part with
                    {
                        Path = part.Path + (type.Kind == TypeKind.List ? "[]" : "{}"),
                        Parent = part.Path,
                        Type = item.Given,
                        TakesNull = item.Kind == TypeKind.Nullable || (item.Kind == TypeKind.Union && items.OrNull),
                        Default = null,
                        Constraints = items,
                        Values = null,
                    },
                    items.Items ?? Constraints.None);
                break;
            case TypeKind.Union:
                var union = types.Union(type.Name);
                _parts[part.Path] = part with { Forms = FormsOf(union) };
                foreach (var alternative in union.Alternatives)
                {
                    AddValue(
                        part with
                        {
                            Path = part.Path + "|" + alternative.Name,
                            Parent = part.Path,
                            Type = alternative.Type,
                            Default = null,
                            Constraints = alternative.Checks,
                            Values = null,
                        },
                        alternative.ItemChecks);
                }
                break;
        }
    }

    private List<string>? ValuesOf(TypeRef type, Constraints constraints)
    {
        if (type.Kind == TypeKind.Enum)
            return constraints.KnownValuesOnly ? [.. types.ValuesOf(type)] : null;
        return constraints.Values.Count > 0 ? [.. constraints.Values] : null;
    }

    /// <summary>All that decides which alternative a value is, and whether one must be found.</summary>
    private static List<string> FormsOf(BoundUnion union)
    {
        var forms = union.Alternatives.Select(one => $"{one.Name} ({string.Join(" and ", one.Tests.Select(Describe))})").ToList();
        if (union.Raw != RawKinds.None)
            forms.Add($"others ({union.Raw})");
        return forms;
    }

    private static string Describe(DiscriminatorMatch match) => match switch
    {
        { IsAbsent: true } => $"no {match.Name}",
        { Values.Count: 0 } => match.Name,
        _ => $"{match.Name} = {string.Join(" or ", match.Values.Select(value => value.Json))}",
    };
}
