package files

// Space is what a file system holds, in bytes. Two folders on one file system have the same device.
type Space struct {
	Free   int64 // what a program without special rights may still write
	Total  int64
	Device uint64
}
