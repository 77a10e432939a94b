using NJsonSchema;
using Zoetrope.Simulator.Validation;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Determines which parameters are files: those that the document marks with limits of files, or, on pages, those called <c>*_url</c>.</summary>
internal static class FileParameters
{
    public static FileUrlRule Rule(JsonSchema schema, bool marked, ServiceFacts service)
    {
        var marks =
            schema.ActualSchema.Properties.Where(property => HasLimits(property.Value)).Select(property => property.Key).ToHashSet(StringComparer.Ordinal);
        return new(marked ? marks.Contains : IsCalledUrl, !service.RefusesDataUris, !service.RefusesLocalUrls, !service.RequiresHttps);
    }

    private static bool HasLimits(JsonSchema schema) =>
        DocumentProfiles.All.Any(profile => profile.FileLimitsKeyword is { } keyword && schema.ExtensionData?.ContainsKey(keyword) == true)
        || schema.AnyOf.Any(HasLimits)
        || schema.Item is { } item && HasLimits(item);

    private static bool IsCalledUrl(string name) =>
        name.EndsWith("_url", StringComparison.Ordinal) || name.EndsWith("_urls", StringComparison.Ordinal);
}
