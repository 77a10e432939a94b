using System.Diagnostics;
using System.Reflection;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>
/// NSwag's generator of C# clients over the same documents. It is taken from its npm package as it is shipped: its NuGet package may not be there.
/// </summary>
/// <param name="Endpoints">The documents.</param>
/// <param name="SpecBytes">Their size.</param>
/// <param name="Cold">The time of the first run of the process, in milliseconds.</param>
/// <param name="Warm">The time of the second.</param>
/// <param name="Failed">The documents that it gave no code for.</param>
/// <param name="Code">What the compiler made of its code.</param>
internal sealed record PeerMeasurement(int Endpoints, long SpecBytes, double Cold, double Warm, int Failed, Compiled Code)
{
    public static PeerMeasurement Take(string folder, int count, string nswag)
    {
        var texts = DocumentText.OfFolder(folder, count);
        var peer = new NSwag(nswag);
        var (cold, sources) = Run(peer, texts);
        var (warm, _) = Run(peer, texts);
        return new(count, texts.Sum(text => text.Bytes), cold, warm, count - sources.Count, Compiler.Compile(sources));
    }

    private static (double Milliseconds, List<string> Sources) Run(NSwag peer, IReadOnlyList<DocumentText> texts)
    {
        var sources = new List<string>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < texts.Count; i++)
        {
            if (peer.Generate(texts[i].Content, "Generated.Models" + i) is { } source)
                sources.Add(source);
        }
        return (clock.Elapsed.TotalMilliseconds, sources);
    }

    /// <summary>The few members of NSwag that are called.</summary>
    private sealed class NSwag
    {
        private readonly Type _document;
        private readonly Type _settings;
        private readonly Type _generator;

        public NSwag(string folder)
        {
            AppDomain.CurrentDomain.AssemblyResolve += (_, missing) => Load(folder, new AssemblyName(missing.Name).Name!);
            _document = Load(folder, "NSwag.Core")!.GetType("NSwag.OpenApiDocument", throwOnError: true)!;
            var generation = Load(folder, "NSwag.CodeGeneration.CSharp")!;
            _settings = generation.GetType("NSwag.CodeGeneration.CSharp.CSharpClientGeneratorSettings", throwOnError: true)!;
            _generator = generation.GetType("NSwag.CodeGeneration.CSharp.CSharpClientGenerator", throwOnError: true)!;
        }

        /// <summary>Its C# with System.Text.Json, or null for a document that it refuses.</summary>
        public string? Generate(string json, string name)
        {
            dynamic settings = Activator.CreateInstance(_settings)!;
            settings.CSharpGeneratorSettings.Namespace = name;
            var library = ((object)settings.CSharpGeneratorSettings).GetType().GetProperty("JsonLibrary")!;
            library.SetValue((object)settings.CSharpGeneratorSettings, Enum.Parse(library.PropertyType, "SystemTextJson"));
            dynamic reading = _document.GetMethod("FromJsonAsync", [typeof(string), typeof(CancellationToken)])!.Invoke(null, [json, CancellationToken.None])!;
            try
            {
                return ((dynamic)Activator.CreateInstance(_generator, (object)reading.GetAwaiter().GetResult(), (object)settings)!).GenerateFile();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private static Assembly? Load(string folder, string name)
        {
            var path = Path.Combine(folder, name + ".dll");
            return File.Exists(path) ? Assembly.LoadFrom(path) : null;
        }
    }
}
