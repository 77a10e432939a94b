using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Creates the result of a neutral model: the members that the catalog describes, or else those of every provider.</summary>
internal sealed class NeutralResultBinder(NeutralSource source, BoundEndpoint? declared, NeutralTypes types, List<PlacedProblem> problems)
{
    private readonly EquatableArray<BoundProperty> _declared = source.Model.Result is null ? default : declared?.Result.Properties ?? default;

    /// <summary>Creates the result.</summary>
    public BoundObject Bind()
    {
        var properties = new List<BoundProperty>();
        var scope = new NameScope(MemberNames.ReservedIn("Result"));
        foreach (var property in _declared)
            properties.Add(property with { Name = scope.Reserve(property.Name, "Value"), Type = types.Copy(property.Type, declared!) });
        // Where the catalog describes the result, what one provider has beyond that is in the undeclared members.
        foreach (var all in _declared.Count == 0 ? NeutralMembers.ByName(source, OwnMembers) : [])
        {
            var (endpoint, property) = NeutralMembers.MostDescriptive(all);
            var isEverywhere = source.Endpoints.All(
                one => all.Any(item => item.Endpoint == one) || (one.Result.IsUnwrapped && BareMember(one, properties.Append(property)) == property.JsonName));
            properties.Add(property with
            {
                Name = scope.Reserve(property.Name, "Value"),
                Type = types.Copy(property.Type, endpoint),
                Required = isEverywhere && all.All(one => one.Property.Required),
            });
        }
        foreach (var endpoint in source.Endpoints.Where(endpoint => endpoint.Result.IsUnwrapped && _declared.Count == 0))
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

    /// <summary>Where the members of the result are that a provider has somewhere else; null where the catalog is wrong about that.</summary>
    public EquatableArray<BoundResultMember>? Map(BoundEndpoint endpoint, BoundObject result)
    {
        var entry = source.EntryOf(endpoint);
        var at = JsonPointer.Append(JsonPointer.Append(source.Model.Pointer, endpoint.Provider), "result");
        var members = new List<BoundResultMember>();
        var isValid = true;
        foreach (var mapped in entry.Result)
        {
            if (_declared.All(property => property.JsonName != mapped.Name))
                isValid = Report(at, mapped.Name, "the model", mapped.Name, _declared);
            else if (mapped.Text.Length > 0 && endpoint.Result.IsUnwrapped
                ? !JsonPointer.IsIndex(JsonPointer.Steps(mapped.Text)[0])
                : mapped.Text.Length > 0 && !CatalogTarget.Find(endpoint, endpoint.Result, mapped.Text).Any())
                isValid = Report(at, mapped.Name, endpoint.Provider, mapped.Text, endpoint.Result.IsUnwrapped ? default : endpoint.Result.Properties);
            else
                members.Add(MemberOf(result.Find(mapped.Name)!, mapped.Text));
        }
        if (entry.Result.Count == 0 && endpoint.Result.IsUnwrapped)
            members.Add(MemberOf(result.Find(BareMember(endpoint, result.Properties))!, ""));
        foreach (var missing in _declared.Where(property => members.TrueForAll(member => member.Name != property.JsonName)))
        {
            // A member of the same name that is not a file object is made one.
            if (endpoint.Result.IsUnwrapped || endpoint.Result.Find(missing.JsonName) is null)
            {
                var place = JsonPointer.Append(source.Model.Pointer, "result");
                isValid = Report(place, missing.JsonName, endpoint.Provider, missing.JsonName, endpoint.Result.Properties);
            }
            else
            {
                members.Add(MemberOf(missing, JsonPointer.Append("", missing.JsonName)));
            }
        }
        return isValid ? members.ToEquatableArray() : null;
    }

    private IEnumerable<BoundProperty> OwnMembers(BoundEndpoint endpoint)
    {
        var moved = source.EntryOf(endpoint).Result.Select(member => member.Text).ToList();
        return endpoint.Result.IsUnwrapped
            ? []
            : endpoint.Result.Properties.Where(property => moved.All(pointer => pointer.Length > 0 && JsonPointer.Steps(pointer)[0] != property.JsonName));
    }

    /// <summary>
    /// The neutral member that a result of one value is: the only one that the catalog describes, that of its name, or the only file that there is.
    /// </summary>
    private string BareMember(BoundEndpoint endpoint, IEnumerable<BoundProperty> neutral)
    {
        var own = endpoint.Result.Properties[0];
        if (_declared.Count == 1)
            return _declared[0].JsonName;
        var others = neutral.ToList();
        if (others.Any(property => property.JsonName == own.JsonName))
            return own.JsonName;
        var files = others.Where(property => property.Type.Kind == own.Type.Kind && own.Type.Kind == TypeKind.File).ToList();
        return files.Count == 1 ? files[0].JsonName : own.JsonName;
    }

    private static BoundResultMember MemberOf(BoundProperty property, string pointer) => new(
        property.JsonName, pointer, property.Type.Kind != TypeKind.List, property.Type.Kind == TypeKind.File || property.Type.IsListOf(TypeKind.File));

    private bool Report(string at, string member, string owner, string name, EquatableArray<BoundProperty> members)
    {
        var all = string.Join(", ", members.Select(property => property.JsonName));
        problems.Add(PlacedProblem.Of(
            GeneratorProblems.CatalogUnknownMember, new(source.Path, JsonPointer.Append(at, member)), source.Model.Name, owner, "result", name,
            all.Length == 0 ? "" : "; it has " + all));
        return false;
    }
}
