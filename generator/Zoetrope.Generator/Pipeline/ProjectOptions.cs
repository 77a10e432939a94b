using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>What the project file decides.</summary>
/// <param name="Namespace">The namespace of endpoints whose item states none.</param>
/// <param name="CatalogNamespace">The namespace of neutral models.</param>
/// <param name="BadNamespaces">The properties that hold no namespace, with what they hold.</param>
internal sealed record ProjectOptions(string Namespace, string CatalogNamespace, EquatableArray<string> BadNamespaces)
{
    /// <summary>What a project without a name of its own has.</summary>
    public static ProjectOptions Default { get; } = new("Models", "Models.Neutral", default);

    /// <summary>Reads the options.</summary>
    public static ProjectOptions Read(AnalyzerConfigOptionsProvider provider)
    {
        var bad = new List<string>();
        // The project's name may be anything; it is bent to a namespace. What somebody wrote on purpose is not.
        var root = string.Join(".", (Property(provider, "RootNamespace") ?? "Zoetrope").Split('.').Select(Identifiers.Sanitize));
        var models = Namespace("ZoetropeNamespace") ?? root + ".Models";
        var catalog = Namespace("ZoetropeCatalogNamespace") ?? models + ".Neutral";
        return new(models, catalog, bad.ToEquatableArray());

        string? Namespace(string property)
        {
            if (Property(provider, property) is not { } name)
                return null;
            if (Identifiers.IsNamespace(name))
                return name;
            bad.Add(property + "=" + name);
            return null;
        }
    }

    /// <summary>What of the compilation and the project decides how code is emitted: a handful of values, so that edits of code change nothing.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="referenced">Which types that generated code calls referenced assemblies have.</param>
    /// <param name="provider">What the project says.</param>
    public static EmitOptions ReadCompilation(Compilation compilation, EquatableArray<string> referenced, AnalyzerConfigOptionsProvider provider)
    {
        return new(
            compilation is CSharpCompilation { LanguageVersion: var version } ? Math.Min((int)version, EmitOptions.Newest) : EmitOptions.Oldest,
            Has(ClientNames.Core),
            ProviderProfiles.All.Select(profile => profile.ClientType).Where(Has).ToEquatableArray(),
            Has(ClientNames.Router),
            IsTrue(Property(provider, "ZoetropeOverridable")));

        bool Has(string type) => referenced.Contains(type) || compilation.Assembly.GetTypeByMetadataName(type) is not null;
    }

    /// <summary>The spec that an additional file is, or null when it is none.</summary>
    public static SpecFile? ReadSpec(AdditionalText text, AnalyzerConfigOptionsProvider provider, CancellationToken cancellationToken)
    {
        var options = provider.GetOptions(text);
        if (!options.TryGetValue("build_metadata.AdditionalFiles.ZoetropeSpec", out var isSpec) || !IsTrue(isSpec))
            return null;
        var name = Metadata("Namespace");
        var isNamespace = name is null || Identifiers.IsNamespace(name);
        var api = Metadata("Name");
        var apiName = api is null ? null : ApiNames.OfUser(api);
        RuleMode? rules = Metadata("Rules")?.ToLowerInvariant() switch
        {
            null or "safe" => RuleMode.Safe,
            "strict" => RuleMode.Strict,
            "off" => RuleMode.Off,
            _ => null,
        };
        return new SpecFile(
            text.Path, Metadata("Provider")?.ToLowerInvariant(), isNamespace
                ? name
                : null, IsTrue(Metadata("Reference")), SourceTexts.Of(text, cancellationToken),
            isNamespace ? null : name, apiName, apiName is null ? api : null, rules ?? RuleMode.Safe, rules is null ? Metadata("Rules") : null);

        string? Metadata(string name) => options.TryGetValue("build_metadata.AdditionalFiles." + name, out var value) && value.Length > 0 ? value : null;
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static string? Property(AnalyzerConfigOptionsProvider provider, string name) =>
        provider.GlobalOptions.TryGetValue("build_property." + name, out var value) && value.Length > 0 ? value : null;
}
