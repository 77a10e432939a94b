using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>
/// Creates the request of a neutral model: the parameters that the catalog describes, or else those of every provider that are sent as nothing else, each typed
/// by the document that says most. Its own constraints are only those that hold everywhere, because the provider's are validated on the mapped request.
/// </summary>
internal sealed class NeutralRequestBinder(NeutralSource source, BoundEndpoint? declared, NeutralTypes types, List<PlacedProblem> problems)
{
    private readonly List<NeutralSlot> _slots = [];

    /// <summary>The parameters as their sources describe them, in the order of the request.</summary>
    public IReadOnlyList<NeutralSlot> Slots => _slots;

    /// <summary>Creates the request.</summary>
    public BoundObject Bind()
    {
        var properties = new List<BoundProperty>();
        var scope = new NameScope(MemberNames.ReservedIn("Request"));
        foreach (var property in declared?.Request.Properties ?? default)
        {
            var differences = DifferencesOf(property);
            _slots.Add(new(property, declared!.Types, IsDeclared: true));
            properties.Add(property with
            {
                Name = scope.Reserve(property.Name, "Value"),
                Type = types.Copy(property.Type, declared),
                Summary = differences.Aggregate(property.Summary, static (text, one) => text + " " + one.Provider + " does not take " + one.Short + "."),
            });
        }
        // Where the catalog describes the parameters, these are all: what one provider has beyond them is sent under that provider's own names.
        foreach (var all in source.Model.Parameters is null ? NeutralMembers.ByName(source, OwnMembers) : [])
            properties.Add(Bind(all, scope));
        return new BoundObject
        {
            Name = "Request",
            Key = NameKeys.Input,
            Role = ObjectRole.Input,
            Summary = "An input of the model at any provider.",
            Properties = properties.ToEquatableArray(),
            Rules = source.Endpoints[0].Request.Rules
                .Where(rule => rule.Kind is ParameterRuleKind.ExactlyOne or ParameterRuleKind.AtLeastOne && rule.Rule is { Owner: null, IsAdvice: false })
                .Where(rule => source.Endpoints.All(endpoint => endpoint.Request.Rules.Any(other => other.Key == rule.Key)))
                .Where(rule => rule.Properties.All(name => properties.Exists(property => property.JsonName == name)))
                .ToEquatableArray(),
        };
    }

    private BoundProperty Bind(List<(BoundEndpoint Endpoint, BoundProperty Property)> all, NameScope scope)
    {
        var (endpoint, property) = NeutralMembers.MostDescriptive(all);
        var others = source.Endpoints.Where(one => source.MappingOf(one, property.JsonName) is not null && all.All(item => item.Endpoint != one)).ToList();
        var isEverywhere = all.Count + others.Count == source.Endpoints.Count;
        var checks = NeutralConstraints.Common(all.Select(one => one.Property.Constraints).ToList(), isEverywhere);
        var isSharedEnum = property.Type.Kind == TypeKind.Enum && all.Count > 1;
        var differences = NeutralDifferences.Of(source.Endpoints.Except(others).ToEquatableArray(), property.JsonName, checks);
        foreach (var difference in differences)
            Report(difference);
        var neutral = property with
        {
            Name = scope.Reserve(property.Name, "Value"),
            Type = isSharedEnum ? types.Union(property, all) : types.Copy(property.Type, endpoint),
            Required = isEverywhere && all.All(one => one.Property.Required),
            Nullable = all.Any(one => one.Property.Nullable),
            Constant = isEverywhere && all.All(one => one.Property.Constant == property.Constant) ? property.Constant : null,
            Constraints = checks,
            ItemConstraints = NeutralConstraints.Common(all.Select(one => one.Property.ItemConstraints).ToList(), isEverywhere),
            Summary = NeutralDifferences.Summary(property, differences),
        };
        // Conversions are verified against the types of the document, which have the names there.
        _slots.Add(isSharedEnum
            ? new(neutral, new BoundTypes { Owner = source.Name, Enums = types.Enums.ToEquatableArray() }, IsDeclared: false)
            : new(neutral with { Type = property.Type }, endpoint.Types, IsDeclared: false));
        return neutral;
    }

    private List<NeutralDifference> DifferencesOf(BoundProperty property)
    {
        var differences = new List<NeutralDifference>();
        foreach (var endpoint in source.Endpoints)
        {
            var mapping = source.MappingOf(endpoint, property.JsonName);
            if (mapping is null && endpoint.Request.Find(property.JsonName) is null)
                Report(new(endpoint.Provider, "the parameter '" + property.JsonName + "'", "this parameter"));
            if (mapping is null ? endpoint.Request.Find(property.JsonName) is null : mapping.Targets.Count == 0)
                differences.Add(new(endpoint.Provider, "", "this parameter"));
            else if (mapping is { IsPartial: true })
                differences.Add(new(endpoint.Provider, "", "all of these values"));
        }
        return differences;
    }

    /// <summary>The members of a provider's request that are not what parameters of other names, or constants, are sent as.</summary>
    private IEnumerable<BoundProperty> OwnMembers(BoundEndpoint endpoint)
    {
        var entry = source.EntryOf(endpoint);
        return endpoint.Request.Properties.Where(property => !RouteMembers.IsConsumed(entry, property.JsonName) || IsSentAsItself(property.JsonName));

        bool IsSentAsItself(string name) =>
            entry.Parameters.Any(one => one.Name == name && one.Targets.Count == 1 && one.Targets[0] == RouteMembers.PointerOf(name));
    }

    private void Report(NeutralDifference difference) => problems.Add(PlacedProblem.Of(
        GeneratorProblems.ProviderCannotTake, new(source.Path, source.Model.Pointer), source.Model.Name, difference.Provider, difference.What));
}

/// <summary>Finds the members that endpoints have in common.</summary>
internal static class NeutralMembers
{
    /// <summary>The properties of all endpoints by JSON name, in the order in which the endpoints have them.</summary>
    public static List<List<(BoundEndpoint Endpoint, BoundProperty Property)>> ByName(
        NeutralSource source, Func<BoundEndpoint, IEnumerable<BoundProperty>> select)
    {
        var byName = new Dictionary<string, List<(BoundEndpoint, BoundProperty)>>(StringComparer.Ordinal);
        var ordered = new List<List<(BoundEndpoint, BoundProperty)>>();
        foreach (var endpoint in source.Endpoints)
        {
            foreach (var property in select(endpoint))
            {
                if (!byName.TryGetValue(property.JsonName, out var list))
                {
                    byName.Add(property.JsonName, list = []);
                    ordered.Add(list);
                }
                list.Add((endpoint, property));
            }
        }
        return ordered;
    }

    /// <summary>The property whose document says most about its type.</summary>
    public static (BoundEndpoint Endpoint, BoundProperty Property) MostDescriptive(List<(BoundEndpoint Endpoint, BoundProperty Property)> all) =>
        all.OrderByDescending(one => Detail(one.Property.Type)).First();

    private static int Detail(TypeRef type) => type.Kind switch
    {
        TypeKind.Raw => 0,
        TypeKind.List or TypeKind.Map or TypeKind.Nullable => 1 + Detail(type.Item!),
        TypeKind.Object or TypeKind.Enum or TypeKind.File => 3,
        TypeKind.Union => 4,
        _ => 2,
    };
}
