namespace Zoetrope.Http;

/// <summary>
/// An object with a method that is a <see cref="MediaClientOptions.TokenProvider"/>, and that is done with the token it was given when it returns. Requests
/// then use the source of the token again, which saves a few objects each; another provider may hold the token for longer, such as to fetch the next key.
/// </summary>
public interface IBriefTokenProvider;
