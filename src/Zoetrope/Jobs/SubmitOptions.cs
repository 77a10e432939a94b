namespace Zoetrope;

/// <summary>What can be said about a submit besides the request itself. Providers have their own kinds with more.</summary>
public class SubmitOptions
{
    /// <summary>Where the provider posts the result when the job ends: a public https URL. None by default.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Headers to send along with the submit. The authentication header cannot be set here.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the request is checked before it is sent; true by default. False sends it as it is, at the user's cost.</summary>
    public bool Validate { get; set; } = true;
}
