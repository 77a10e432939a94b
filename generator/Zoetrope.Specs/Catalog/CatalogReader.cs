using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Catalog;

/// <summary>Reads <c>catalog.json</c>: <c>{"models": {name: {provider: endpoint id}}}</c>.</summary>
internal sealed class CatalogReader(List<SpecProblem> problems)
{
    /// <summary>Reads the catalog; entries of the wrong form are left out and reported.</summary>
    public ModelCatalog Read(JsonNode root)
    {
        foreach (var member in root)
        {
            if (member.Name is not ("models" or "$schema"))
                problems.Add(Problems.UnknownMember.At(member.NameRange, member.Name));
        }
        var models = new List<CatalogModel>();
        if (!root["models"].IsObject)
            problems.Add(Problems.BadMember.At(root["models"].Range, "models", "an object with one member a model"));
        foreach (var model in root["models"])
        {
            var name = model.Name;
            if (name.Length == 0 || !model.IsObject || model.Count == 0)
            {
                problems.Add(Problems.BadMember.At(model.NameRange, name, "a model's name with an object that names its endpoint at each provider"));
                continue;
            }
            models.Add(new(name, ReadEndpoints(model), JsonPointer.Append("/models", name)));
        }
        return new(models.ToEquatableArray());
    }

    private EquatableArray<CatalogEndpoint> ReadEndpoints(JsonNode model)
    {
        var endpoints = new List<CatalogEndpoint>();
        foreach (var endpoint in model)
        {
            if (endpoint.String is { Length: > 0 } id)
                endpoints.Add(new(endpoint.Name, id));
            else
                problems.Add(Problems.BadMember.At(endpoint.Range, endpoint.Name, "the endpoint's id at this provider, a string"));
        }
        return endpoints.ToEquatableArray();
    }
}
