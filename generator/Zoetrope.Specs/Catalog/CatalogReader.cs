using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Catalog;

/// <summary>Reads <c>catalog.json</c>: models by name, each with its endpoints by provider. <c>specs/catalog.schema.json</c> describes all members.</summary>
internal sealed class CatalogReader(List<SpecProblem> problems, CancellationToken cancellationToken)
{
    private const string ParametersName = "parameters";
    private const string RequiredName = "required";
    private const string ResultName = "result";
    private const string TitleName = "title";

    private readonly CatalogEndpointReader _endpoints = new(problems);

    /// <summary>Reads the catalog; entries of the wrong form are omitted and reported.</summary>
    public ModelCatalog Read(JsonNode root)
    {
        foreach (var member in root)
        {
            if (member.Name is not ("models" or "$schema" or "$comment"))
                problems.Add(Problems.UnknownMember.At(member.NameRange, member.Name));
        }
        var models = new List<CatalogModel>();
        if (!root["models"].IsObject)
            problems.Add(Problems.BadMember.At(root["models"].Range, "models", "an object with one member a model"));
        foreach (var model in root["models"])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (model.Name == "$comment")
                continue;
            if (Read(root, model) is { } read)
                models.Add(read);
        }
        return new(models.ToEquatableArray());
    }

    private CatalogModel? Read(JsonNode root, JsonNode model)
    {
        var name = model.Name;
        var pointer = JsonPointer.Append("/models", name);
        var endpoints = new List<CatalogEndpoint>();
        foreach (var member in model.IsObject ? model : default)
        {
            if (member.Name is not ("$comment" or ParametersName or RequiredName or ResultName or TitleName) && _endpoints.Read(member) is { } endpoint)
                endpoints.Add(endpoint);
        }
        if (name.Length == 0 || !JsonStrings.IsWellFormed(name) || !model.IsObject || model.Count == 0)
        {
            problems.Add(Problems.BadMember.At(model.NameRange, name, "a model's name with an object that names its endpoint at each provider"));
            return null;
        }
        if (model[TitleName] is { Exists: true, IsString: false } title)
            problems.Add(Problems.BadMember.At(title.Range, TitleName, "a string"));
        var schemas = new SchemaReader(new ReferenceResolver(root, problems), problems, cancellationToken);
        return new(name, endpoints.ToEquatableArray(), pointer)
        {
            Title = model[TitleName].String,
            Parameters = ReadParameters(model, pointer, schemas),
            Result = ReadResult(model[ResultName], JsonPointer.Append(pointer, ResultName)),
            Schemas = schemas.ReadReferred(),
        };
    }

    private Schema? ReadParameters(JsonNode model, string pointer, SchemaReader schemas)
    {
        var node = model[ParametersName];
        var required = ReadRequired(model[RequiredName], node);
        if (!node.Exists)
            return null;
        if (!node.IsObject)
        {
            problems.Add(Problems.BadMember.At(node.Range, ParametersName, "an object with a JSON Schema for each parameter"));
            return null;
        }
        var at = JsonPointer.Append(pointer, ParametersName);
        var properties = new List<SchemaProperty>();
        foreach (var parameter in node)
        {
            if (JsonStrings.IsWellFormed(parameter.Name) && parameter.Name.Length > 0)
                properties.Add(new(parameter.Name, schemas.Read(parameter, JsonPointer.Append(at, parameter.Name)), required.Contains(parameter.Name)));
            else
                problems.Add(Problems.BadMember.At(parameter.NameRange, parameter.Name, "the name of a parameter"));
        }
        return new Schema { Pointer = at, Types = SchemaTypes.Object, Properties = properties.ToEquatableArray() };
    }

    private List<string> ReadRequired(JsonNode node, JsonNode parameters)
    {
        var names = new List<string>();
        if (node is { Exists: true, IsArray: false })
            problems.Add(Problems.BadMember.At(node.Range, RequiredName, "an array of parameter names"));
        foreach (var item in node.IsArray ? node : default)
        {
            if (item.String is { } name && parameters[name].Exists)
                names.Add(name);
            else
                problems.Add(Problems.BadMember.At(item.Range, RequiredName, $"names of '{ParametersName}'; {item.Raw} is not one"));
        }
        return names;
    }

    private Schema? ReadResult(JsonNode node, string pointer)
    {
        if (!node.Exists)
            return null;
        if (!node.IsObject)
        {
            problems.Add(Problems.BadMember.At(node.Range, ResultName, "an object with the kind of each member"));
            return null;
        }
        var members = new List<SchemaProperty>();
        foreach (var member in node)
        {
            var at = JsonPointer.Append(pointer, member.Name);
            if (JsonStrings.IsWellFormed(member.Name) && member.Name.Length > 0 && KindOf(member, at) is { } schema)
                members.Add(new(member.Name, schema, Required: true));
            else
                problems.Add(Problems.BadMember.At(
                    member.Range, member.Name, "the kind of a result: 'image', 'video', 'audio' or 'file', or a list of it such as 'image[]'"));
        }
        return new Schema { Pointer = pointer, Types = SchemaTypes.Object, Properties = members.ToEquatableArray() };
    }

    private static Schema? KindOf(JsonNode node, string pointer)
    {
        const string List = "[]";
        var kind = node.String ?? "";
        var isList = kind.EndsWith(List, StringComparison.Ordinal);
        var (file, title) = (isList ? kind.Substring(0, kind.Length - List.Length) : kind) switch
        {
            "image" => ("ImageFile", "image"),
            "video" => ("VideoFile", "video"),
            "audio" => ("AudioFile", "audio"),
            "file" => ("File", "file"),
            _ => ("", ""),
        };
        if (file.Length == 0)
            return null;
        var item = new Schema { Pointer = pointer, Ref = file, Description = $"The {title}." };
        return isList ? new Schema { Pointer = pointer, Types = SchemaTypes.Array, Items = item, Description = $"The {title}s." } : item;
    }
}
