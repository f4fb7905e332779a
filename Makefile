COMMANDS = run test check bench screens freeze demo messages

.PHONY: $(COMMANDS)
$(COMMANDS):
	python3 dev.py $@
