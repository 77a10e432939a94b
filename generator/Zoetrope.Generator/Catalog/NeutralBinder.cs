using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>
/// Makes one request and result of a model that several providers serve. The request has every provider's parameters, each typed by the document that
/// says most; its own checks are only those that hold everywhere, because the provider's run on the mapped request.
/// </summary>
internal sealed class NeutralBinder(NeutralSource source, string catalogNamespace)
{
    private readonly List<PlacedProblem> _problems = [];
    private readonly NeutralTypes _types = new(source.Name);

    /// <summary>Binds; null when no endpoint of the model is described.</summary>
    public static Outcome<BoundNeutral> Bind(NeutralSource source, string catalogNamespace)
    {
        var binder = new NeutralBinder(source, catalogNamespace);
        var bound = binder.Bind();
        return new(bound, binder._problems.ToEquatableArray());
    }

    private BoundNeutral? Bind()
    {
        foreach (var wanted in source.Model.Endpoints)
        {
            if (!source.Endpoints.Any(endpoint => endpoint.Provider == wanted.Provider && endpoint.Id == wanted.Id))
                Report(GeneratorProblems.CatalogUnknownEndpoint, source.Model.Name, wanted.Id, wanted.Provider);
        }
        if (source.Endpoints.Count == 0)
            return null;
        var request = BindRequest();
        var result = BindResult();
        var facts = source.Endpoints[0].Facts;
        var shape = new BoundEndpoint
        {
            Provider = string.Join(" and ", source.Endpoints.Select(endpoint => endpoint.Provider)),
            Id = source.Model.Name,
            Namespace = catalogNamespace,
            Name = source.Name,
            IsReference = false,
            Facts = facts with { Sources = new([ParsedSpec.NameOf(source.Path)]) },
            Types = new BoundTypes
            {
                Owner = source.Name,
                Objects = new BoundObject[] { request, result }.Concat(_types.Objects).ToEquatableArray(),
                Enums = _types.Enums.ToEquatableArray(),
                Unions = _types.Unions.ToEquatableArray(),
            },
        };
        return new BoundNeutral { Shape = shape, Routes = source.Endpoints.Select(endpoint => Route(endpoint, request, result)).ToEquatableArray() };
    }

    private BoundObject BindRequest()
    {
        var properties = new List<BoundProperty>();
        var scope = new NameScope(MemberNames.ReservedIn("Request"));
        foreach (var all in ByName(endpoint => endpoint.Request))
        {
            var best = MostDescriptive(all);
            var (endpoint, property) = best;
            var checks = NeutralConstraints.Common(all.Select(one => one.Property.Constraints).ToList(), all.Count == source.Endpoints.Count);
            var isSharedEnum = property.Type.Kind == TypeKind.Enum && all.Count > 1;
            var differences = NeutralDifferences.Of(source.Endpoints, property.JsonName, checks);
            foreach (var difference in differences)
                Report(GeneratorProblems.ProviderCannotTake, source.Model.Name, difference.Provider, difference.What);
            properties.Add(property with
            {
                Name = scope.Reserve(property.Name, "Value"),
                Type = isSharedEnum ? _types.Union(property, all) : _types.Copy(property.Type, endpoint),
                Required = all.Count == source.Endpoints.Count && all.All(one => one.Property.Required),
                Nullable = all.Any(one => one.Property.Nullable),
                Constant = all.Count == source.Endpoints.Count && all.All(one => one.Property.Constant == property.Constant) ? property.Constant : null,
                Constraints = checks,
                ItemConstraints = NeutralConstraints.Common(all.Select(one => one.Property.ItemConstraints).ToList(), all.Count == source.Endpoints.Count),
                Summary = NeutralDifferences.Summary(property, differences),
            });
        }
        return new BoundObject
        {
            Name = "Request",
            Key = NameKeys.Input,
            Role = ObjectRole.Input,
            Summary = "An input of the model at any provider.",
            Properties = properties.ToEquatableArray(),
            Rules = source.Endpoints[0].Request.Rules.Where(rule => source.Endpoints.All(endpoint => endpoint.Request.Rules.Contains(rule))).ToEquatableArray(),
        };
    }

    private BoundObject BindResult()
    {
        var properties = new List<BoundProperty>();
        var scope = new NameScope(MemberNames.ReservedIn("Result"));
        foreach (var all in ByName(endpoint => endpoint.Result.IsUnwrapped ? null : endpoint.Result))
        {
            var (endpoint, property) = MostDescriptive(all);
            var isEverywhere = source.Endpoints.All(
                one => all.Any(item => item.Endpoint == one) || (one.Result.IsUnwrapped && BareMember(one, properties.Append(property)) == property.JsonName));
            properties.Add(property with
            {
                Name = scope.Reserve(property.Name, "Value"),
                Type = _types.Copy(property.Type, endpoint),
                Required = isEverywhere && all.All(one => one.Property.Required),
            });
        }
        foreach (var endpoint in source.Endpoints.Where(endpoint => endpoint.Result.IsUnwrapped))
        {
            var property = endpoint.Result.Properties[0];
            if (properties.All(one => one.JsonName != BareMember(endpoint, properties)))
                properties.Add(property with
                {
                    Name = scope.Reserve(property.Name, "Value"),
                    Required = source.Endpoints.All(one => one.Result.Find(property.JsonName) is not null)
                });
        }
        return new BoundObject
        {
            Name = "Result",
            Key = NameKeys.Output,
            Role = ObjectRole.Output,
            Summary = "An output of the model, from any provider.",
            Properties = properties.ToEquatableArray(),
        };
    }

    private static BoundRoute Route(BoundEndpoint endpoint, BoundObject request, BoundObject result)
    {
        var leftOut = request.Properties.Select(property => property.JsonName).Where(name => endpoint.Request.Find(name) is null).ToEquatableArray();
        var member = endpoint.Result.IsUnwrapped ? BareMember(endpoint, result.Properties) : null;
        var form = member is null ? null : result.Find(member)?.Type.Kind;
        return new(endpoint.Provider, endpoint.FullName, leftOut, member, form != TypeKind.List, form == TypeKind.File);
    }

    /// <summary>The neutral member that a result of one value is: that of its name, or the only file that there is.</summary>
    private static string BareMember(BoundEndpoint endpoint, IEnumerable<BoundProperty> neutral)
    {
        var own = endpoint.Result.Properties[0];
        var others = neutral.ToList();
        if (others.Any(property => property.JsonName == own.JsonName))
            return own.JsonName;
        var files = others.Where(property => property.Type.Kind == own.Type.Kind && own.Type.Kind == TypeKind.File).ToList();
        return files.Count == 1 ? files[0].JsonName : own.JsonName;
    }

    /// <summary>The properties of all endpoints by JSON name, in the order in which the endpoints have them.</summary>
    private List<List<(BoundEndpoint Endpoint, BoundProperty Property)>> ByName(Func<BoundEndpoint, BoundObject?> select)
    {
        var byName = new Dictionary<string, List<(BoundEndpoint, BoundProperty)>>(StringComparer.Ordinal);
        var ordered = new List<List<(BoundEndpoint, BoundProperty)>>();
        foreach (var endpoint in source.Endpoints)
        {
            foreach (var property in select(endpoint)?.Properties ?? default)
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

    private static (BoundEndpoint Endpoint, BoundProperty Property) MostDescriptive(List<(BoundEndpoint Endpoint, BoundProperty Property)> all) =>
        all.OrderByDescending(one => Detail(one.Property.Type)).First();

    private static int Detail(TypeRef type) => type.Kind switch
    {
        TypeKind.Raw => 0,
        TypeKind.List or TypeKind.Map or TypeKind.Nullable => 1 + Detail(type.Item!),
        TypeKind.Object or TypeKind.Enum or TypeKind.File => 3,
        TypeKind.Union => 4,
        _ => 2,
    };

    private void Report(ProblemKind kind, params string[] arguments) =>
        _problems.Add(PlacedProblem.Of(kind, new(source.Path, source.Model.Pointer), arguments));
}
