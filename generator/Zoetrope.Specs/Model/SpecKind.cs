namespace Zoetrope.Specs.Model;

/// <summary>The kinds of document, detected from the content.</summary>
public enum SpecKind
{
    /// <summary>A fal model page (<c>llms.txt</c>, Markdown).</summary>
    FalPage,

    /// <summary>An Eachlabs model page (Markdown, with its line breaks or flattened to one line).</summary>
    EachlabsPage,

    /// <summary>An OpenAPI document in JSON.</summary>
    OpenApi,

    /// <summary>A page of one operation with its OpenAPI in YAML (Markdown, as sites made with Mintlify export it).</summary>
    OperationPage,

    /// <summary><c>catalog.json</c>: which endpoints of different providers are the same model.</summary>
    Catalog,

    /// <summary><c>{provider}.jobs.json</c>: how jobs of a provider are submitted, watched and canceled.</summary>
    Jobs,

    /// <summary><c>specs.lock.json</c>: origins, checksums and names assigned so far.</summary>
    Lock,
}
