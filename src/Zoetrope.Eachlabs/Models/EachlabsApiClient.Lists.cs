using System.Runtime.CompilerServices;
using Zoetrope.Errors;

namespace Zoetrope.Eachlabs.Models;

/// <content>Lists that are longer than a page.</content>
public sealed partial class EachlabsApiClient
{
    private const int LargestModelPage = 500;

    /// <summary>Lists all models, page by page, in either form that is documented. It needs no key.</summary>
    /// <param name="name">A part of the title; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ServiceException">Eachlabs responded with an error.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    public async IAsyncEnumerable<EachlabsApi.Model> EnumerateModelsAsync(
        string? name = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var offset = 0L; ;)
        {
            var parameters = new EachlabsApi.ListModels.Parameters { Name = name, Limit = LargestModelPage, Offset = offset };
            var page = await ListModelsAsync(parameters, cancellationToken: cancellationToken).ConfigureAwait(false);
            var models = page.TryGetList(out var list) ? list : page.TryGetModelPage(out var inside) ? inside.Models : [];
            var hasNews = false;
            foreach (var model in models)
            {
                if (!seen.Add(model.Slug))
                    continue;
                hasNews = true;
                yield return model;
            }
            // A page may have fewer than were asked for: only one without anything new is surely the last.
            if (!hasNews)
                yield break;
            offset += models.Count;
        }
    }
}
