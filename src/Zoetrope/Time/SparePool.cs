namespace Zoetrope.Time;

/// <summary>Keeps a few objects that can be used again. .NET's concurrent collections would add more code to native apps.</summary>
internal sealed class SparePool<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly T?[] _items = new T?[128];
    private int _count;

    /// <summary>Takes an object; null where there is none.</summary>
    public T? Take()
    {
        lock (_lock)
        {
            if (_count == 0)
                return null;
            var item = _items[--_count];
            _items[_count] = null;
            return item;
        }
    }

    /// <summary>Keeps an object; false where there are enough.</summary>
    public bool Keep(T item)
    {
        lock (_lock)
        {
            if (_count == _items.Length)
                return false;
            _items[_count++] = item;
            return true;
        }
    }
}
