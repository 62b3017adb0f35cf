package lease

import "time"

// KeepUpEvery changes how often the keeper keeps a claim up.
func (k *Manager) KeepUpEvery(d time.Duration) { k.beat = d }
