using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>NSwag's generator of C# clients over the same documents.</summary>
/// <param name="Endpoints">The documents.</param>
/// <param name="SpecBytes">Their size.</param>
/// <param name="Cold">The first run of the process.</param>
/// <param name="Warm">The second.</param>
/// <param name="Failed">The documents that it gave no code for.</param>
/// <param name="Code">What the compiler made of its code.</param>
internal sealed record PeerMeasurement(int Endpoints, long SpecBytes, Cost Cold, Cost Warm, int Failed, Compiled Code)
{
    public static PeerMeasurement Take(string folder, int count)
    {
        var texts = DocumentText.OfFolder(folder, count);
        var (sources, cold) = Cost.Of(() => Generate(texts));
        var (_, warm) = Cost.Of(() => Generate(texts));
        return new(count, texts.Sum(text => text.Bytes), cold, warm, count - sources.Count, Compiler.Compile(sources));
    }

    private static List<string> Generate(IReadOnlyList<DocumentText> texts) =>
        [.. texts.Select((text, index) => Generate(text.Content, "Generated.Models" + index)).OfType<string>()];

    /// <summary>Its C# with System.Text.Json, or null for a document that it refuses.</summary>
    private static string? Generate(string json, string name)
    {
        var settings = new CSharpClientGeneratorSettings { CSharpGeneratorSettings = { Namespace = name, JsonLibrary = CSharpJsonLibrary.SystemTextJson } };
        try
        {
            return new CSharpClientGenerator(OpenApiDocument.FromJsonAsync(json, CancellationToken.None).GetAwaiter().GetResult(), settings).GenerateFile();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
