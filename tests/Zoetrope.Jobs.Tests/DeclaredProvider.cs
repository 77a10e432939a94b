using System.Reflection;
using System.Text.Json.Nodes;
using Zoetrope.Clients;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Jobs.Tests;

/// <summary>A provider that is declared in this repository, with its generated client. Whatever is declared is found: nothing lists providers.</summary>
public sealed class DeclaredProvider
{
    private readonly Type _client;

    private DeclaredProvider(string path)
    {
        Folder = Path.GetDirectoryName(Repository.PathOf(path))!;
        Declaration = JsonNode.Parse(File.ReadAllText(Repository.PathOf(path)))!;
        var name = (string)Declaration["name"]!;
        // The client of a provider that exists for tests only is in the tests' own assembly.
        _client = Array.Find(typeof(DeclaredProvider).Assembly.GetTypes(), type => type.Name == $"{name}Client")
            ?? Assembly.Load("Zoetrope." + name).GetType($"Zoetrope.{name}.{name}Client", throwOnError: true)!;
        Description = (ProviderDescription)_client.GetProperty("Description", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
    }

    /// <summary>The declarations, by their path in the repository.</summary>
    public static IReadOnlyList<string> Declarations { get; } =
    [
        .. new[] { "tests/Zoetrope.Jobs.Tests/specs", "specs" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.jobs.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')),
    ];

    /// <summary>The folder of the declaration and of the provider's documents.</summary>
    public string Folder { get; }

    /// <summary>The declaration as it is written.</summary>
    public JsonNode Declaration { get; }

    /// <summary>What the generated client says of the provider.</summary>
    public ProviderDescription Description { get; }

    /// <summary>Reads a declaration.</summary>
    /// <param name="path">Its path in the repository.</param>
    public static DeclaredProvider At(string path) => new(path);

    /// <summary>Makes a client.</summary>
    /// <param name="key">The key.</param>
    /// <param name="change">Sets further options.</param>
    public MediaClient Connect(string key, Action<MediaClientOptions> change)
    {
        var type = _client.Assembly.GetType(_client.FullName + "Options", throwOnError: true)!;
        var options = (MediaClientOptions)Activator.CreateInstance(type)!;
        type.GetProperty("ApiKey")!.SetValue(options, key);
        change(options);
        return (MediaClient)Activator.CreateInstance(_client, options)!;
    }

    /// <summary>The least that a model's parameters require.</summary>
    public static RawJson InputOf(ModelInfo model)
    {
        var input = new JsonObject();
        foreach (var parameter in model.Parameters.Where(parameter => parameter.Required))
        {
            input[parameter.Name] = parameter switch
            {
                { Default: { } text } => JsonNode.Parse(text),
                { Type: "integer" or "number", Values: [var value, ..] } => JsonNode.Parse(value),
                { Values: [var value, ..] } => value,
                { Type: "integer" or "number" } => 5,
                { Type: "boolean" } => true,
                { Type: "array" } => new JsonArray(),
                { Type: "object" } => new JsonObject(),
                { Name: "prompt" or "promptText" } => "a cat",
                _ => "https://example.com/a.png",
            };
        }
        var made = RawJson.Parse(input.ToJsonString());
        Assert.True(model.Endpoint.Validate(made).IsValid, $"{model.Endpoint}: {input} is not valid; make a value for its parameters here.");
        return made;
    }
}
