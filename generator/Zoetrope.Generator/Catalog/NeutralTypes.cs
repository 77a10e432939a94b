using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>
/// Copies the types of endpoints into a neutral model. Types of one name and one shape become one; others have the provider's name appended.
/// </summary>
internal sealed class NeutralTypes
{
    private readonly NameScope _names;
    private readonly Dictionary<(string Endpoint, string Type), string> _copied = [];
    private readonly List<BoundObject> _objects = [];
    private readonly List<BoundEnum> _enums = [];
    private readonly List<BoundUnion> _unions = [];

    public NeutralTypes(string className) => _names = new NameScope(["Request", "Result", "Model", "Routes", className]);

    /// <summary>The copied objects.</summary>
    public IReadOnlyList<BoundObject> Objects => _objects;

    /// <summary>The copied unions.</summary>
    public IReadOnlyList<BoundUnion> Unions => _unions;

    /// <summary>The copied enums.</summary>
    public IReadOnlyList<BoundEnum> Enums => _enums;

    /// <summary>The type as it is called in the neutral model; what it names is copied.</summary>
    public TypeRef Copy(TypeRef type, BoundEndpoint endpoint) => type.Kind switch
    {
        TypeKind.List or TypeKind.Map or TypeKind.Nullable => type with { Item = Copy(type.Item!, endpoint) },
        TypeKind.Object => type with { Name = CopyObject(endpoint.Types.Object(type.Name), endpoint) },
        TypeKind.Union => type with { Name = CopyUnion(endpoint.Types.Union(type.Name), endpoint) },
        TypeKind.Enum => type with { Name = CopyEnum(endpoint.Types.Enum(type.Name), endpoint) },
        _ => type,
    };

    /// <summary>Creates an enum of the values that any of the endpoints knows.</summary>
    public TypeRef Union(BoundProperty property, IReadOnlyList<(BoundEndpoint Endpoint, BoundProperty Property)> all)
    {
        var enums = all.Where(one => one.Property.Type.Kind == TypeKind.Enum).Select(one => one.Endpoint.Types.Enum(one.Property.Type.Name)).ToList();
        var own = enums.First(one => one.Name == property.Type.Name);
        var values = enums.SelectMany(one => one.Values).GroupBy(value => value.Text, StringComparer.Ordinal).Select(group => group.First()).ToList();
        var name = _names.Reserve(own.Name, "Type");
        var scope = new NameScope(MemberNames.ReservedInEnum(name));
        _enums.Add(own with { Name = name, Values = values.Select(value => value with { Name = scope.Reserve(value.Name, "Value") }).ToEquatableArray() });
        return property.Type with { Name = name };
    }

    private string CopyObject(BoundObject model, BoundEndpoint endpoint)
    {
        if (_copied.TryGetValue((endpoint.FullName, model.Name), out var known))
            return known;
        var name = Take(model.Name, endpoint);
        _copied.Add((endpoint.FullName, model.Name), name);
        var place = _objects.Count;
        _objects.Add(model);
        _objects[place] = model with
        {
            Name = name,
            Properties = model.Properties.Select(property => property with { Type = Copy(property.Type, endpoint) }).ToEquatableArray(),
        };
        return name;
    }

    private string CopyUnion(BoundUnion model, BoundEndpoint endpoint)
    {
        if (_copied.TryGetValue((endpoint.FullName, model.Name), out var known))
            return known;
        var name = Take(model.Name, endpoint);
        _copied.Add((endpoint.FullName, model.Name), name);
        var alternatives = model.Alternatives.Select(one => one with { Type = Copy(one.Type, endpoint) }).ToEquatableArray();
        _unions.Add(model with { Name = name, Alternatives = alternatives });
        return name;
    }

    private string CopyEnum(BoundEnum model, BoundEndpoint endpoint)
    {
        if (_copied.TryGetValue((endpoint.FullName, model.Name), out var known))
            return known;
        if (_enums.FirstOrDefault(one => one.Name == model.Name && one.Values == model.Values) is { } same)
            return same.Name;
        var name = Take(model.Name, endpoint);
        _copied.Add((endpoint.FullName, model.Name), name);
        _enums.Add(model with { Name = name });
        return name;
    }

    private string Take(string name, BoundEndpoint endpoint) =>
        _names.TryReserve(name) ? name : _names.Reserve(name + Identifiers.Of(endpoint.Provider, "Provider"), "Type");
}
