using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary.Extensions;
using Zoetrope.Errors;

namespace Zoetrope.Kiota.Adapters;

/// <summary>What the adapter and the handler that sends know of one call.</summary>
/// <param name="isStream">Whether the caller reads the body of the response as a stream.</param>
internal sealed class CallState(bool isStream) : IRequestOption
{
    private static readonly AsyncLocal<CallState?> _current = new();

    private readonly HashSet<(HttpMethod Method, Uri? Address)> _sent = [];
    private bool _wasSent;

    /// <summary>Whether the caller reads the body of the response as a stream.</summary>
    public bool IsStream => isStream;

    /// <summary>The error of the service; null where there was none.</summary>
    public ServiceException? Failure { get; set; }

    /// <summary>The call that a message belongs to, also where a handler has made a copy without its options; null where there is none.</summary>
    public static CallState? Of(HttpRequestMessage message) => message.GetRequestOption<CallState>() ?? _current.Value;

    /// <summary>Makes it the call of the messages that are sent from here.</summary>
    public void Enter() => _current.Value = this;

    /// <summary>Registers that a message is about to be sent.</summary>
    /// <returns>Whether it is the first of the call. A handler may send other messages of its own, which do not have the options of the call.</returns>
    public bool TryBegin(HttpRequestMessage message)
    {
        lock (_sent)
        {
            var isFirst = _sent.Add((message.Method, message.RequestUri));
            if (message.GetRequestOption<CallState>() != this)
                return isFirst;
            isFirst &= !_wasSent;
            _wasSent = true;
            return isFirst;
        }
    }

    /// <summary>Takes back a message of which nothing was sent.</summary>
    public void Withdraw(HttpRequestMessage message)
    {
        lock (_sent)
        {
            _sent.Remove((message.Method, message.RequestUri));
            if (message.GetRequestOption<CallState>() == this)
                _wasSent = false;
        }
    }
}
